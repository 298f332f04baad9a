/**
 * The error table of the wire: the fourteen codes of distribution-spec (code-1 … code-14) and the
 * few that the field uses besides. A code's status and its message when nothing better is known.
 */
export const OCI_ERROR_CODES = {
  BLOB_UNKNOWN: { status: 404, message: 'blob unknown to registry' },
  BLOB_UPLOAD_INVALID: { status: 400, message: 'blob upload invalid' },
  BLOB_UPLOAD_UNKNOWN: { status: 404, message: 'blob upload unknown to registry' },
  DIGEST_INVALID: { status: 400, message: 'provided digest did not match uploaded content' },
  MANIFEST_BLOB_UNKNOWN: { status: 400, message: 'manifest references a blob unknown to this repository' },
  MANIFEST_INVALID: { status: 400, message: 'manifest invalid' },
  MANIFEST_UNKNOWN: { status: 404, message: 'manifest unknown to registry' },
  NAME_INVALID: { status: 400, message: 'invalid repository name' },
  NAME_UNKNOWN: { status: 404, message: 'repository name not known to registry' },
  SIZE_INVALID: { status: 400, message: 'provided length did not match content length' },
  UNAUTHORIZED: { status: 401, message: 'authentication required' },
  DENIED: { status: 403, message: 'requested access to the resource is denied' },
  UNSUPPORTED: { status: 405, message: 'the operation is unsupported' },
  TOOMANYREQUESTS: { status: 429, message: 'too many requests' },
  // Not in the specification's table; used by CNCF Distribution and understood by clients.
  TAG_INVALID: { status: 400, message: 'manifest tag did not match the grammar of tags' },
  RANGE_INVALID: { status: 416, message: 'invalid content range' },
  PAGINATION_NUMBER_INVALID: { status: 400, message: 'invalid number of results requested' },
  BLOB_TOO_LARGE: { status: 413, message: 'blob is larger than its namespace may have' },
  MANIFEST_TOO_LARGE: { status: 413, message: 'manifest is larger than this registry accepts' },
  PRECONDITION_FAILED: { status: 412, message: 'the tag is not what the push expected' },
  TOO_MANY_TAGS: { status: 414, message: 'too many tags in one push' },
  UNAVAILABLE: { status: 503, message: 'the registry cannot answer just now; try again' },
  UNKNOWN: { status: 500, message: 'unknown error' },
} as const satisfies Record<string, { status: number; message: string }>;

export type OciErrorCode = keyof typeof OCI_ERROR_CODES;
