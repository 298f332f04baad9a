import { type CallOptions, type UploadState } from '@stowage/storage';
import type { Bucket } from './bucket.js';
import { multipartsUnder, objectsUnder } from './bucket-lists.js';
import { inLanes } from './in-lanes.js';
import { writeMark } from './marks.js';
import { folderOf, newToken, offsetOf, STAGING, tokenOf } from './staging-paths.js';
import { parseStray, strayToken } from './stray-multiparts.js';

const LANES = 8;

/**
 * What is not published yet:
 *
 *   uploads/<token>/<offset>       a mark: the bytes after the last whole part, and a note of where the parts are
 *   uploads/<token>/bulk-<random>  the multipart upload with the whole parts; an object once they were put together
 */
export class Staging {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async begin(options: CallOptions | undefined): Promise<UploadState> {
    options?.signal?.throwIfAborted();
    const state = { token: newToken(), offset: 0 };
    await writeMark(this.#bucket, { state, bulk: undefined, previous: undefined, tail: Buffer.alloc(0) });
    return state;
  }

  /** Idempotent. Parts go before marks: what is left by a crash in between is still listed. */
  async remove(state: UploadState): Promise<void> {
    const stray = parseStray(this.#bucket, state.token);
    if (stray) return stray.abort();
    const folder = folderOf(state);
    for await (const { multipart } of multipartsUnder(this.#bucket, folder)) await multipart.abort();
    const paths: string[] = [];
    for await (const { path } of objectsUnder(this.#bucket, folder)) paths.push(path);
    await inLanes(paths, LANES, (path) => this.#bucket.remove(path));
  }

  /** Also what a crash has left without a mark, or of a write or a copy: every multipart upload that nobody will end. */
  async *list(before: Date): AsyncGenerator<UploadState> {
    let current: { token: string; offset: number; touchedAt: Date } | undefined;
    for await (const { path, modifiedAt } of objectsUnder(this.#bucket, STAGING)) {
      const token = tokenOf(path);
      if (token === undefined) continue;
      if (current && current.token !== token && current.touchedAt < before) yield nameOf(current);
      if (current?.token !== token) current = { token, offset: 0, touchedAt: new Date(0) };
      current.offset = Math.max(current.offset, offsetOf(path) ?? 0);
      if (modifiedAt > current.touchedAt) current.touchedAt = modifiedAt;
    }
    if (current && current.touchedAt < before) yield nameOf(current);
    yield* this.#listStrays(before);
  }

  async *#listStrays(before: Date): AsyncGenerator<UploadState> {
    for await (const { multipart, begunAt } of multipartsUnder(this.#bucket, '')) {
      if (begunAt >= before) continue;
      const token = tokenOf(multipart.path);
      if (token === undefined) yield { token: strayToken(multipart), offset: 0 };
      else if (!(await this.#hasObjects(token))) yield { token, offset: 0 };
    }
  }

  async #hasObjects(token: string): Promise<boolean> {
    for await (const _object of objectsUnder(this.#bucket, `${STAGING}${token}/`)) return true;
    return false;
  }
}

function nameOf({ token, offset }: UploadState): UploadState {
  return { token, offset };
}
