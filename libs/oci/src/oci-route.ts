/**
 * Where a path under `/v2/` leads. Repository names hold slashes, so the last keyword decides
 * (`/v2/org/tags/tags/list` lists the tags of `org/tags`).
 */
const ROUTES = [
  /^\/v2\/(.+)\/(blobs\/uploads)\/?$/,
  /^\/v2\/(.+)\/(blobs\/uploads\/[^/]+)$/,
  /^\/v2\/(.+)\/(blobs\/[^/]+)$/,
  /^\/v2\/(.+)\/(manifests\/[^/]+)$/,
  /^\/v2\/(.+)\/(tags\/list)$/,
  /^\/v2\/(.+)\/(referrers\/[^/]+)$/,
  /^\/v2\/(.+)\/(_oci\/ext\/discover)$/,
] as const;

/**
 * Makes one path segment of the repository name, because router parameters don't span slashes:
 * `/v2/a/b/manifests/x?y` becomes `/v2/a%2Fb/manifests/x?y`. The two paths that the specification ends with a slash lose
 * it. Any other URL comes back as it was. The name is not decoded: an encoded slash in it stays wrong and is refused by
 * the name's grammar.
 */
export function encodeRepositoryInUrl(url: string): string {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const query = queryAt < 0 ? '' : url.slice(queryAt);
  if (path === '/v2/') return `/v2${query}`;
  if (!path.startsWith('/v2/')) return url;
  for (const route of ROUTES) {
    const match = route.exec(path);
    if (match) return `/v2/${encodeSegment(match[1] ?? '')}/${match[2] ?? ''}${query}`;
  }
  return url;
}

function encodeSegment(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F');
}
