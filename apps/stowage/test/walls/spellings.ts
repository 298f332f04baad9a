/** Other ways to write a path: some part of a chain of proxies and routers takes each of them for the same one. */
export function spellingsOf(path: string): string[] {
  const [bare = '', query] = path.split('?', 2);
  const suffix = query === undefined ? '' : `?${query}`;
  const prefix = /^\/(?:api\/v1|v2)(?=\/)|^/.exec(bare)?.[0] ?? '';
  const rest = bare.slice(prefix.length);
  const spelled = [
    `${bare}/`,
    `${prefix}/${rest}`,
    `${prefix}/.${rest}`,
    `${prefix}/x/..${rest}`,
    `${prefix}/%2e${rest}`,
    `${prefix}${rest.replaceAll('/', '//')}`,
    `${prefix}${rest.replaceAll('/', '%2f')}`,
    `${prefix}${rest.toUpperCase()}`,
    `${bare};x=1`,
    `${bare}%20`,
    `${bare}%00`,
    `${bare}.json`,
    bare.replace('/api/', '/API/'),
    bare.replace(/^\//, '//'),
  ];
  return [...new Set(spelled)].filter((each) => each !== bare).map((each) => `${each}${suffix}`);
}
