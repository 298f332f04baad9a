// Builds what is out of date: the Prisma client, the TypeScript projects, the dashboard.
// A stamp per step (newest source time) makes the second start cheap: nothing is spawned when nothing changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const stamps = path.join(root, 'node_modules/.cache/stowage-build');
const SKIPPED = new Set(['node_modules', 'dist', 'generated', '.git', 'data', 'artifacts']);

const steps = [
  {
    name: 'prisma-client',
    sources: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    output: 'libs/metadata/src/generated/prisma/client.ts',
    command: ['node_modules/prisma/build/index.js', 'generate', '--schema', 'prisma/schema.prisma'],
    // Prisma's CLI wants a native engine that npm does not carry; generating the client never runs it.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  },
  {
    name: 'typescript',
    sources: ['libs', 'apps', 'prisma/schema.prisma', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'],
    output: 'apps/stowage/dist/main.js',
    command: ['node_modules/typescript/bin/tsc', '-b'],
  },
  {
    name: 'dashboard',
    sources: ['apps/dashboard', 'libs/client', 'libs/contracts', 'libs/oci', 'package-lock.json'],
    output: 'apps/dashboard/dist/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', 'apps/dashboard', '--logLevel', 'warn'],
  },
];

function fingerprint(sources) {
  let newest = 0;
  let files = 0;
  const visit = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) {
      files += 1;
      newest = Math.max(newest, stat.mtimeMs);
      return;
    }
    for (const name of readdirSync(file)) if (!SKIPPED.has(name)) visit(path.join(file, name));
  };
  for (const source of sources) visit(path.join(root, source));
  return `${files} ${newest}`;
}

function run(step) {
  const stamp = path.join(stamps, step.name);
  const current = fingerprint(step.sources);
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (known === current && existsSync(path.join(root, step.output))) return;
  const started = Date.now();
  const result = spawnSync(process.execPath, step.command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...step.env },
  });
  if (result.status !== 0) {
    console.error(`build: ${step.name} failed`);
    process.exit(result.status ?? 1);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, current);
  console.log(`build: ${step.name} ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

for (const step of steps) run(step);
