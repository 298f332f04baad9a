// Completes package-lock.json with the packages of other platforms that the registry in reach does not carry.
// `npm install` leaves them out then, and `npm ci` (npm 11) refuses a lock without them. With `--check` it only says so.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './checks.mjs';

const file = path.join(root, 'package-lock.json');
const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const CPU = {
  x64: 'x64',
  arm64: 'arm64',
  ia32: 'ia32',
  arm: 'arm',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** Where Node would look for `name` from the package at `location`, nearest first. */
function candidates(location, name) {
  const parts = location.split('/node_modules/');
  const nested = parts.map(
    (_, at) => `${parts.slice(0, parts.length - at).join('/node_modules/')}/node_modules/${name}`,
  );
  return [...nested, `node_modules/${name}`];
}

/** The platform is in the name: `…-linux-x64-musl`, `…/darwin-arm64`. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined;
  const os = OS.filter((word) => words.includes(word));
  const cpu = words.flatMap((word) => CPU[word] ?? []);
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name}: no platform in its name`);
  return { os, cpu, ...(libc && os[0] === 'linux' ? { libc } : {}) };
}

function findMissing(packages) {
  return Object.entries(packages).flatMap(([location, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !candidates(location, name).some((key) => key in packages))
      .map(([name, version]) => ({ name, version, isDevelopment: entry.dev === true })),
  );
}

const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = findMissing(lock.packages);
if (process.argv.includes('--check')) {
  for (const { name, version } of missing)
    console.log(`${name}@${version} is missing: node libs/dev-env/tasks/complete-lock.mjs`);
  process.exitCode = missing.length === 0 ? 0 : 1;
} else {
  for (const { name, version, isDevelopment } of missing) {
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name}: ${version} is no exact version`);
    const kind = isDevelopment ? { dev: true } : {};
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...kind, optional: true };
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} packages of other platforms added`);
}
