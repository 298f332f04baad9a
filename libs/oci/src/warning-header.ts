/** distribution-spec, "Warnings": all of them in one answer have no more bytes than this. */
const MAX_BYTES = 4096;

/** One `Warning` value as distribution-spec asks for: code 299, agent `-`, the text quoted, no date. */
export function formatWarning(text: string): string {
  const quoted = text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, '\\$&');
  return `299 - "${quoted}"`;
}

/** The values of the `Warning` headers of an answer, in order; those that would be too much are left out. */
export function formatWarnings(texts: readonly string[]): string[] {
  let bytes = 0;
  return texts.map(formatWarning).filter((value) => {
    const fits = bytes + value.length <= MAX_BYTES;
    if (fits) bytes += value.length;
    return fits;
  });
}

/** Code, agent, text and perhaps a date (RFC 7234, 5.5). */
const WARNING = /\b\d{3} [^\s"]+ "((?:[^"\\]|\\.)*)"/g;

/** The texts of a `Warning` header, or of several that were joined, as a client reads them. */
export function parseWarnings(header: string | null | undefined): string[] {
  return [...(header ?? '').matchAll(WARNING)].map(([, text = '']) => text.replaceAll(/\\(.)/g, '$1'));
}
