import type { Blob } from '../content/blob.js';
import type { RepositoryClient } from '../client/repository-client.js';
import type { Operation } from '../history/operation.js';

const BYTES = { 'content-type': 'application/octet-stream' };

/** One upload session, filled by one client and any of the replicas. */
export class OpenUpload {
  constructor(
    private readonly repository: RepositoryClient,
    private readonly id: string,
  ) {}

  /** Undefined when there is none: the namespace is full, or the replica is gone. */
  static async start(repository: RepositoryClient): Promise<OpenUpload | undefined> {
    const { type, answer } = await repository.startUpload();
    return type === 'ok' && answer?.upload !== undefined ? new OpenUpload(repository, answer.upload) : undefined;
  }

  append(blob: Blob, first: number, end: number): Promise<Operation> {
    const bytes = end - first;
    const headers = { ...BYTES, 'content-range': `${first}-${end - 1}` };
    return this.repository.ofUpload(
      { f: 'append-upload', key: { upload: this.id }, value: { first, bytes } },
      { method: 'PATCH', headers, body: blob.bytes.subarray(first, end) },
    );
  }

  status(): Promise<Operation> {
    return this.repository.ofUpload({ f: 'get-upload', key: { upload: this.id } }, { method: 'GET' });
  }

  /** With the bytes from `first` on, or with none; `digest` is the blob's unless a wrong one is asked for. */
  finish(blob: Blob, first: number, wrong?: Blob): Promise<Operation> {
    const { digest } = wrong ?? blob;
    const end = blob.bytes.length;
    const value = { first, bytes: end - first, ...(wrong ? { isWrong: true } : {}) };
    // The range makes a request that is repeated after a lost answer harmless.
    const range: Record<string, string> = first < end ? { 'content-range': `${first}-${end - 1}` } : {};
    return this.repository.ofUpload(
      { f: 'finish-upload', key: { upload: this.id, digest }, value },
      { method: 'PUT', query: `?digest=${digest}`, headers: { ...BYTES, ...range }, body: blob.bytes.subarray(first) },
    );
  }

  cancel(): Promise<Operation> {
    return this.repository.ofUpload({ f: 'cancel-upload', key: { upload: this.id } }, { method: 'DELETE' });
  }
}
