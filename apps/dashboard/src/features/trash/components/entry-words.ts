import type { TrashEntry } from '@stowage/contracts';
import { count } from './words';

const shorten = (digest: string) => digest.slice(0, digest.indexOf(':') + 13);

/** As people name it where it was. */
export function targetOf({ kind, namespace, repository, name }: TrashEntry): string {
  if (kind === 'namespace') return name;
  if (kind === 'repository') return `${namespace}/${name}`;
  return kind === 'tag' ? `${namespace}/${repository}:${name}` : `${namespace}/${repository}@${shorten(name)}`;
}

export function whatOf({ kind, digest, tags }: TrashEntry): string {
  if (kind === 'tag') return `Tag of ${shorten(digest ?? '')}`;
  if (kind === 'manifest')
    return tags.length > 0 ? `Image with ${count(tags.length, 'tag')}: ${tags.join(', ')}` : 'Image';
  return kind === 'repository' ? 'Repository' : 'Namespace';
}
