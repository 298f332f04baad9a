/** Search parameters as plain text: the router's own reading would make a number of a setup code that looks like one. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const params = new URLSearchParams(entries.map(([name, value]) => [name, String(value)]));
  return params.size > 0 ? `?${params}` : '';
}
