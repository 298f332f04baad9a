/**
 * Repository names hold slashes, so a repository's pages are `<name>`, `<name>/-/settings`, `<name>/-/tag-rules`,
 * `<name>/-/tags/<tag>`, `<name>/-/history/<tag>` and `<name>/-/manifests/<digest>`. No component of a name can be "-", which
 * makes the first `/-/` the end of the name.
 */
export type RepositoryView =
  | { readonly kind: 'tags' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'tag-rules' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'history'; readonly tag: string }
  | { readonly kind: 'manifest'; readonly digest: string };

export interface RepositoryLocation {
  readonly name: string;
  readonly view: RepositoryView;
}

const SEPARATOR = '/-/';

export function repositorySplat(name: string, view: RepositoryView = { kind: 'tags' }): string {
  if (view.kind === 'tags') return name;
  if (view.kind === 'settings' || view.kind === 'tag-rules') return `${name}${SEPARATOR}${view.kind}`;
  if (view.kind === 'history') return `${name}${SEPARATOR}history/${view.tag}`;
  return view.kind === 'tag' ? `${name}${SEPARATOR}tags/${view.tag}` : `${name}${SEPARATOR}manifests/${view.digest}`;
}

/** Undefined for a path that leads nowhere. */
export function parseRepositorySplat(splat: string): RepositoryLocation | undefined {
  const text = splat.replace(/\/$/, '');
  const end = text.indexOf(SEPARATOR);
  const name = end < 0 ? text : text.slice(0, end);
  const view = viewOf(end < 0 ? '' : text.slice(end + SEPARATOR.length));
  return name === '' || name.endsWith('/-') || !view ? undefined : { name, view };
}

function viewOf(tail: string): RepositoryView | undefined {
  if (tail === '') return { kind: 'tags' };
  if (tail === 'settings' || tail === 'tag-rules') return { kind: tail };
  const [kind, value, ...rest] = tail.split('/');
  if (!value || rest.length > 0) return undefined;
  if (kind === 'tags') return { kind: 'tag', tag: value };
  if (kind === 'history') return { kind: 'history', tag: value };
  return kind === 'manifests' ? { kind: 'manifest', digest: value } : undefined;
}
