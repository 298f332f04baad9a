import type { TagExpectation } from '@stowage/metadata';
import { isDigest, OciError, parseTagName, type Reference, type TagName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';

/** `OCI-Tag` goes back once for each tag; this many fit the header limits of common clients and proxies. */
const MAX_TAGS = 40;

/**
 * The tags of a push: the reference's own, or those of `?tag=` on a push by digest (end-7b). Throws TAG_INVALID, and 414
 * for more than 40.
 */
export function tagsOf(request: FastifyRequest, reference: Reference): TagName[] {
  if (reference.kind === 'tag') return [reference.tag];
  const { tag } = request.query as { tag?: string | string[] };
  const asked = [...new Set(tag === undefined ? [] : [tag].flat())];
  if (asked.length > MAX_TAGS) {
    throw new OciError('TOO_MANY_TAGS', {
      message: `${MAX_TAGS} tags at most in one push; send the rest in another one`,
    });
  }
  return asked.map(parseTagName);
}

/**
 * What a conditional push expects of its tag: `If-None-Match: *` that it is not there, `If-Match: "<digest>"` that it is
 * this one (RFC 9110, 13.1). Undefined without a condition. Throws PRECONDITION_FAILED for one that can't hold.
 */
export function expectationOf(request: FastifyRequest): TagExpectation | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
  if (noneMatch?.trim() === '*') return 'absent';
  if (match === undefined) return undefined;
  const digest = match.trim().replace(/^"|"$/g, '');
  if (isDigest(digest)) return digest;
  throw new OciError('PRECONDITION_FAILED', { message: 'If-Match must be the digest that the tag has to have' });
}
