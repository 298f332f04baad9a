/** The fields that a request gives: what is absent is left as it is, not set to nothing. */
export function present<T extends object>(body: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Field in keyof T]?: Exclude<T[Field], undefined> };
}
