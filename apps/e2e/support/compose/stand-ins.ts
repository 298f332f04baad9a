import { fileURLToPath } from 'node:url';
import type { EmbeddedPostgres } from '@stowage/embedded-postgres';
import type { Service } from './compose-file.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

export interface Places {
  readonly folder: string;
  readonly postgres: EmbeddedPostgres;
}

/** The PostgreSQL from npm listens on a socket of the file system, the one of the image on a port. */
const FORWARD = `require('node:net').createServer((near) => {
  const far = require('node:net').connect(process.argv[1]);
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(5432)`;
const PROBE = `require('node:net').connect(5432, '127.0.0.1')
  .on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;

/** What the image would run: its entry point, the command of the file, and its folders elsewhere. */
export function commandOf(name: string, { command }: Service, { folder, postgres }: Places): string[] {
  if (name === 'postgres') return [process.execPath, '-e', FORWARD, socketOf(postgres)];
  const words = command.split(' ');
  if (name === 's3') return ['versitygw', ...words.map((word) => (word === '/buckets' ? `${folder}/buckets` : word))];
  if (name === 'proxy') return words.map((word) => word.replace(/^\/etc\/caddy/, folder));
  return ['sh', '-c', 'cd "$0" && exec "$@"', ROOT, ...words];
}

export function healthCommandOf(name: string, { healthcheck }: Service): string[] {
  const [, ...command] = healthcheck.test;
  return name === 'postgres' ? [process.execPath, '-e', PROBE] : command;
}

function socketOf({ connectionString }: EmbeddedPostgres): string {
  return `${new URL(connectionString).searchParams.get('host')}/.s.PGSQL.5432`;
}
