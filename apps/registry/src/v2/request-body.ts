import type { Readable } from 'node:stream';
import type { UploadBody } from '@stowage/distribution';
import { OciError, parseContentRange } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';

/** The body of an upload request, not read yet. Throws BLOB_UPLOAD_INVALID for headers that make no sense. */
export function uploadBodyOf(request: FastifyRequest): UploadBody {
  const { 'content-length': lengthText, 'content-range': rangeText } = request.headers;
  const length = lengthText === undefined ? undefined : Number(lengthText);
  const range = rangeText === undefined ? undefined : parseContentRange(rangeText);
  if (range && length !== undefined && range.last - range.first + 1 !== length) {
    throw new OciError('SIZE_INVALID', {
      message: `Content-Range promises ${range.last - range.first + 1} bytes, Content-Length ${length}`,
    });
  }
  // Node tells an absent body from a chunked one by this header only.
  const isEmpty = length === undefined && request.headers['transfer-encoding'] === undefined;
  return { stream: request.raw, length: isEmpty ? 0 : length, range };
}

/**
 * Reads the whole body, `maxBytes` at most. Throws MANIFEST_TOO_LARGE as soon as it is known, and MANIFEST_INVALID when the
 * client goes away in the middle.
 */
export async function readBody(request: FastifyRequest, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  try {
    return await collect(request, maxBytes);
  } catch (error) {
    // Nobody is left to read the answer; what counts is that this is no defect of ours.
    if (isHangUp(error)) throw new OciError('MANIFEST_INVALID', { message: 'the body broke off', cause: error });
    throw error;
  }
}

async function collect(request: FastifyRequest, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Without destroying it: the connection has to live until the refusal is read.
  for await (const chunk of (request.raw as Readable).iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, size);
}

function isHangUp(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function tooLarge(maxBytes: number): OciError {
  return new OciError('MANIFEST_TOO_LARGE', {
    message: `manifests are ${maxBytes} bytes at most here`,
    detail: { maxBytes },
  });
}
