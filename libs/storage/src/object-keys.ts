import { type Digest, digestAlgorithm, digestHex } from '@stowage/oci';

/**
 * The layout of the store, the same in every driver:
 *
 *   blobs/<algorithm>/<first two hex digits>/<hex>/<generation>     published bytes of one blob
 *
 * Staged bytes of uploads are the driver's own business. The generation keeps a late delete of a condemned
 * blob away from a new upload of the same digest. Keys hold no tenant: blobs are shared by digest, and the
 * repository links in the metadata decide who sees them.
 */
export type ObjectKey = string & { readonly __objectKey: true };

const KEY = /^[a-z0-9]+(?:[/._-][a-z0-9]+)*$/;

/** Throws TypeError: a bad key is a defect of the caller, never user input. */
export function parseObjectKey(text: string): ObjectKey {
  if (text.length > 500 || !KEY.test(text)) throw new TypeError('not an object key');
  return text as ObjectKey;
}

export function blobKey(digest: Digest, generation: string): ObjectKey {
  const hex = digestHex(digest);
  return parseObjectKey(`blobs/${digestAlgorithm(digest)}/${hex.slice(0, 2)}/${hex}/${generation}`);
}
