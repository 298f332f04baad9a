import type { Branded } from './brand.js';
import { type Digest, isDigest, parseDigest } from './digest.js';
import { OciError } from './oci-error.js';

export type TagName = Branded<'TagName'>;

/** What follows `manifests/`: a mutable tag or an immutable digest. */
export type Reference =
  | { readonly kind: 'tag'; readonly tag: TagName }
  | { readonly kind: 'digest'; readonly digest: Digest };

const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

export function isTagName(text: string): text is TagName {
  return TAG.test(text);
}

/** Throws TAG_INVALID. */
export function parseTagName(text: string): TagName {
  if (isTagName(text)) return text;
  throw new OciError('TAG_INVALID', {
    message: 'tags are up to 128 letters, digits, "_", "." and "-", and do not start with "." or "-"',
    detail: { tag: text.slice(0, 200) },
  });
}

/** A colon can only be in a digest. Throws DIGEST_INVALID or TAG_INVALID. */
export function parseReference(text: string): Reference {
  if (isDigest(text)) return { kind: 'digest', digest: text };
  if (text.includes(':')) return { kind: 'digest', digest: parseDigest(text) };
  return { kind: 'tag', tag: parseTagName(text) };
}
