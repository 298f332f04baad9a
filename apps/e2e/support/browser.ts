import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { oneAtATime } from './one-at-a-time.js';

const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];

const root = path.join(import.meta.dirname, '../../..');
const packaged = path.join(root, 'node_modules/@sparticuz/chromium');

/** The headless Chromium that npm carries. A bare machine lacks its libraries and fonts: npm carries these too. */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpacked();
  const executablePath = path.join(folder, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') };
  const env = { ...cleanEnvironment(), ...fonts };
  try {
    return await playwright.launch({ executablePath, args: ARGS, env });
  } catch (error) {
    if (!String(error).includes('error while loading shared libraries')) throw error;
    const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') };
    return playwright.launch({ executablePath, args: ARGS, env: { ...env, ...libraries } });
  }
}

/** Unpacking takes seconds: done once for each version of the package. The folder has its name when it is complete. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(packaged, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(root, 'artifacts', `chromium-${version}`);
  await oneAtATime(`${folder}.lock`, async () => {
    if (existsSync(folder)) return;
    const staging = `${folder}.${process.pid}`;
    mkdirSync(staging, { recursive: true });
    await inTempDir(staging, async () => {
      await chromium.executablePath();
      await inflate(path.join(packaged, 'bin/al2023.tar.br'));
    });
    renameSync(staging, folder);
  });
  return folder;
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
