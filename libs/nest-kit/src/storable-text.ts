/** Postgres holds neither a NUL nor half a surrogate pair; a request with one is refused before any query is made. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
