import { OciError } from '@stowage/oci';

/** The one answer for a session that is gone, never was, or belongs to somebody else. */
export function unknownUpload(cause?: unknown): OciError {
  return new OciError('BLOB_UPLOAD_UNKNOWN', { message: 'no such upload; start it again', cause });
}
