import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reportSkip } from './clients.js';
import { findCommand, run, runOk } from './command.js';
import { removeDir } from './data-dir.js';
import { tarOf } from './images.js';
import { oneAtATime } from './one-at-a-time.js';

export interface Rootfs {
  readonly kind: 'debian' | 'synthetic';
  /** Uncompressed tar files, bottom layer first. */
  readonly layers: readonly string[];
}

const SUITE = 'stable';
const LAYERS = ['base.tar', 'share.tar'] as const;

/**
 * A Debian root file system in two layers, made once by debootstrap and kept in `STOWAGE_E2E_ROOTFS` (or in the
 * system's folder for temporary files). Where debootstrap can't work: files of noise, and a line that says so.
 */
export async function getRootfs(): Promise<Rootfs> {
  const folder = process.env['STOWAGE_E2E_ROOTFS'] ?? path.join(tmpdir(), 'stowage-e2e-rootfs');
  if (isComplete(folder)) return debianIn(folder);
  const failure = await oneAtATime(`${folder}.lock`, async () => (isComplete(folder) ? undefined : makeDebian(folder)));
  if (failure === undefined) return debianIn(folder);
  reportSkip('debootstrap', `${failure}; the images hold synthetic files instead of Debian`);
  return makeSynthetic(`${folder}-synthetic`);
}

function debianIn(folder: string): Rootfs {
  return { kind: 'debian', layers: LAYERS.map((name) => path.join(folder, name)) };
}

function isComplete(folder: string): boolean {
  return LAYERS.every((name) => existsSync(path.join(folder, name)));
}

/** Returns why it could not be made. */
async function makeDebian(folder: string): Promise<string | undefined> {
  if (findCommand('debootstrap') === undefined) return 'not installed';
  if (process.geteuid?.() !== 0) return 'needs root';
  const staging = `${folder}.${process.pid}`;
  const root = path.join(staging, 'root');
  mkdirSync(root, { recursive: true, mode: 0o755 });
  try {
    const made = await run('debootstrap', ['--variant=minbase', SUITE, root], { timeoutMs: 480_000 });
    if (made.code !== 0) return `failed: ${lastLine(made.stdout + made.stderr)}`;
    const tar = ['--numeric-owner', '-C', root];
    await runOk('tar', [...tar, '--exclude=./usr/share', '-cf', path.join(staging, LAYERS[0]), '.']);
    await runOk('tar', [...tar, '-cf', path.join(staging, LAYERS[1]), './usr/share']);
    removeDir(root);
    removeDir(folder);
    mkdirSync(path.dirname(folder), { recursive: true });
    renameSync(staging, folder);
    return undefined;
  } finally {
    removeDir(staging);
  }
}

async function makeSynthetic(folder: string): Promise<Rootfs> {
  mkdirSync(folder, { recursive: true });
  const layers = [];
  for (const name of LAYERS) {
    const file = path.join(folder, name);
    writeFileSync(file, await tarOf({ [`srv/${name}.bin`]: randomBytes(20_000_000), 'etc/debian_version': 'none\n' }));
    layers.push(file);
  }
  return { kind: 'synthetic', layers };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
