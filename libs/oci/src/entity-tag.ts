import type { Digest } from './digest.js';

/** The `ETag` of content: its digest, quoted. It is a strong validator, because the digest is that of the very bytes. */
export function formatEntityTag(digest: Digest): string {
  return `"${digest}"`;
}

/** True when `If-None-Match` names this content or anything at all, weak or in a list (RFC 9110, 13.1.2): answer 304. */
export function matchesEntityTag(header: string | undefined, digest: Digest): boolean {
  return header !== undefined && (header.trim() === '*' || header.includes(formatEntityTag(digest)));
}

/**
 * True when `Range` counts (RFC 9110, 13.1.5): there is no `If-Range`, or it is exactly this content. A date or a weak tag
 * never is; then all of the content is served.
 */
export function allowsRange(ifRange: string | undefined, digest: Digest): boolean {
  return ifRange === undefined || ifRange.trim() === formatEntityTag(digest);
}
