/** The `Link` header (RFC 8288) that leads to the next page; a relative reference, like every URL of the registry. */
export function formatNextLink(path: string, parameters: Readonly<Record<string, string>>): string {
  return `<${path}?${new URLSearchParams(parameters).toString()}>; rel="next"`;
}

const LINK = /<([^<>]*)>([^<]*)/g;
const IS_NEXT = /;\s*rel\s*=\s*(?:next\s*(?:[;,]|$)|"(?:[^"]* )?next(?: [^"]*)?")/i;

/** Where the next page is, as a client reads it: the target of the first link whose relation is `next`. */
export function parseNextLink(header: string | null | undefined): string | undefined {
  for (const [, target, parameters] of (header ?? '').matchAll(LINK)) {
    if (IS_NEXT.test(parameters ?? '')) return target;
  }
  return undefined;
}
