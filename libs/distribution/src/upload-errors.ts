import { OciError } from '@stowage/oci';

/** The body ended before its time; few clients are still there to read it. */
export function brokenOff(offset: number, cause: Error): OciError {
  const message = `the body broke off; the upload continues at byte ${offset}`;
  return new OciError('BLOB_UPLOAD_INVALID', { message, detail: { offset }, cause });
}

/** The one answer for a session that is gone, never was, or belongs to somebody else. */
export function unknownUpload(cause?: unknown): OciError {
  return new OciError('BLOB_UPLOAD_UNKNOWN', { message: 'no such upload; start it again', cause });
}
