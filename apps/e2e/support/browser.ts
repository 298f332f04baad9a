import { existsSync } from 'node:fs';
import path from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];

/** The headless Chromium that npm carries, unpacked into `folder`. A bare machine lacks its libraries and fonts: npm carries these too. */
export async function launchBrowser(folder: string): Promise<Browser> {
  const executablePath = await inTempDir(folder, () => chromium.executablePath());
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') };
  const env = { ...cleanEnvironment(), ...fonts };
  try {
    return await playwright.launch({ executablePath, args: ARGS, env });
  } catch (error) {
    if (!String(error).includes('error while loading shared libraries')) throw error;
    const binaries = path.join(import.meta.dirname, '../../../node_modules/@sparticuz/chromium/bin');
    await inTempDir(folder, () => inflate(path.join(binaries, 'al2023.tar.br')));
    const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') };
    return playwright.launch({ executablePath, args: ARGS, env: { ...env, ...libraries } });
  }
}

/** The package unpacks into the system's folder for temporary files, where a half-written copy may lie. */
async function inTempDir<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
