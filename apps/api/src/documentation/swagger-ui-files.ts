import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const FILES = {
  'swagger-ui-bundle.js': {
    url: import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
    contentType: 'text/javascript; charset=utf-8',
  },
  'swagger-ui.css': {
    url: import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
    contentType: 'text/css; charset=utf-8',
  },
} as const;
type FileName = keyof typeof FILES;

export interface ServedFile {
  readonly contentType: string;
  readonly etag: string;
  readonly gzipped: Buffer;
}

const compress = promisify(gzip);
const files = new Map<FileName, Promise<ServedFile>>();

/** A file of Swagger UI, from its package; read and compressed when it is asked for the first time. */
export function swaggerUiFile(name: string): Promise<ServedFile> | undefined {
  if (!Object.hasOwn(FILES, name)) return undefined;
  const known = name as FileName;
  const file = files.get(known) ?? load(known);
  files.set(known, file);
  return file;
}

async function load(name: FileName): Promise<ServedFile> {
  const { url, contentType } = FILES[name];
  const bytes = await readFile(fileURLToPath(url));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  return { contentType, etag, gzipped: await compress(bytes) };
}
