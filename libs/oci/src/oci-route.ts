/**
 * Where a path under `/v2/` leads. Repository names hold slashes, so the last keyword decides
 * (`/v2/org/tags/tags/list` lists the tags of `org/tags`).
 */
const ROUTES = [
  { pattern: /^\/v2\/(.+)\/blobs\/uploads\/([^/]*)$/, suffix: (tail: string) => `blobs/uploads/${tail}` },
  { pattern: /^\/v2\/(.+)\/(?:blobs)\/([^/]+)$/, suffix: (tail: string) => `blobs/${tail}` },
  { pattern: /^\/v2\/(.+)\/manifests\/([^/]+)$/, suffix: (tail: string) => `manifests/${tail}` },
  { pattern: /^\/v2\/(.+)\/tags\/(list)$/, suffix: (tail: string) => `tags/${tail}` },
  { pattern: /^\/v2\/(.+)\/referrers\/([^/]+)$/, suffix: (tail: string) => `referrers/${tail}` },
] as const;

/**
 * Makes one path segment of the repository name, because router parameters don't span slashes:
 * `/v2/a/b/manifests/x?y` becomes `/v2/a%2Fb/manifests/x?y`. Any other URL comes back as it was.
 * The name is not decoded: an encoded slash in it stays wrong and is refused by the name's grammar.
 */
export function encodeRepositoryInUrl(url: string): string {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const query = queryAt < 0 ? '' : url.slice(queryAt);
  if (!path.startsWith('/v2/')) return url;
  for (const { pattern, suffix } of ROUTES) {
    const match = pattern.exec(path);
    if (match) return `/v2/${encodeSegment(match[1] ?? '')}/${suffix(match[2] ?? '')}${query}`;
  }
  return url;
}

function encodeSegment(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F');
}
