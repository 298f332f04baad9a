import { type Digest, digestAlgorithm, digestHex } from './digest.js';
import type { TagName } from './reference.js';

const MAX_HEX = 64;

/**
 * The names that the referrers tag schema gives, as a regular expression that Postgres reads as well. A tag of another
 * shape, such as cosign's `sha256-….sig`, is an ordinary tag.
 */
export const REFERRERS_TAG_PATTERN = '^sha(256|512)-[0-9a-f]{64}$';

const REFERRERS_TAG = new RegExp(REFERRERS_TAG_PATTERN);

/**
 * The tag under which clients keep the index of a subject's referrers on a registry without the referrers API
 * (distribution-spec, "Referrers Tag Schema"): algorithm, dash, the first 64 digits of the hash.
 */
export function referrersTag(subject: Digest): TagName {
  return `${digestAlgorithm(subject)}-${digestHex(subject).slice(0, MAX_HEX)}` as TagName;
}

export function isReferrersTag(tag: TagName): boolean {
  return REFERRERS_TAG.test(tag);
}
