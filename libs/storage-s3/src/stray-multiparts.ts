import { z } from 'zod';
import type { Bucket } from './bucket.js';
import { Multipart } from './multipart.js';
import { isObjectPath } from './staging-paths.js';

const PREFIX = 'stray-';
const MAX_TOKEN = 4_000;

const straySchema = z.tuple([z.string().refine(isObjectPath), z.string().min(1).max(1_200)]);

/** A token for what a crashed write or copy has left under the key of an object: such an upload can only be aborted. */
export function strayToken({ path, id }: Multipart): string {
  return PREFIX + Buffer.from(JSON.stringify([path, id])).toString('base64url');
}

/** Undefined when the token is none of these. */
export function parseStray(bucket: Bucket, token: string): Multipart | undefined {
  if (!token.startsWith(PREFIX) || token.length > MAX_TOKEN) return undefined;
  const parsed = straySchema.safeParse(parseJson(Buffer.from(token.slice(PREFIX.length), 'base64url').toString()));
  return parsed.success ? new Multipart(bucket, ...parsed.data) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
