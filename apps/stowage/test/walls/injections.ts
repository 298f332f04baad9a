/** What a header would become another one by, were it written as it came; with another way to write it in a URL. */
const BREAK = '\r\nInjected: 1';
const NUL = '\0';

export interface Injection {
  readonly what: string;
  readonly text: string;
}

/** Appended to what is good otherwise. */
export const INJECTIONS: readonly Injection[] = [
  { what: 'a line break', text: BREAK },
  { what: 'a line feed', text: '\nInjected: 1' },
  { what: 'a carriage return', text: '\rInjected: 1' },
  { what: 'a NUL', text: NUL },
];

/** Each path with one of its segments, the last of which may be a value, followed by the text. */
export function intoPath(path: string, values: readonly string[], text: string): string[] {
  const [bare = '', query] = path.split('?', 2);
  const suffix = query === undefined ? '' : `?${query}`;
  const written = values.map((value) => bare.replace(value, `${value}${encodeURIComponent(text)}`));
  return written.filter((each) => each !== bare).map((each) => `${each}${suffix}`);
}

/** The path with each of the parameters, whatever it was before, as the text; and with it as the name of one. */
export function intoQuery(path: string, names: readonly string[], text: string): string[] {
  const [bare = '', query = ''] = path.split('?', 2);
  const spelled = names.map((name) => {
    const params = new URLSearchParams(query);
    params.set(name, `${params.get(name) ?? 'x'}${text}`);
    return `${bare}?${params}`;
  });
  return [...spelled, `${bare}?${new URLSearchParams([...new URLSearchParams(query), [`x${text}`, '1']])}`];
}

/** The body with each of its strings, however deep, followed by the text. */
export function intoBody(body: unknown, text: string): unknown[] {
  if (typeof body === 'string') return [`${body}${text}`];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    intoBody(value, text).map((changed) =>
      Array.isArray(body) ? body.with(Number(name), changed) : { ...body, [name]: changed },
    ),
  );
}

/** The headers of an answer that would not go out as they are, or that only an injection could have made. */
export function brokenHeaders(headers: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(headers)
    .filter(([name, value]) => /injected/i.test(name) || /[\r\n\0]/.test([value].flat().join(' ')))
    .map(([name]) => name);
}
