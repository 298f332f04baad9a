import { addSignUpDomainsSchema } from '@stowage/contracts';

export interface DomainLines {
  readonly domains: readonly string[];
  /** Lines that name no domain, as they were written. */
  readonly wrong: readonly string[];
}

const domainSchema = addSignUpDomainsSchema.shape.domains.element;

/**
 * The domains of a text, one a line, as people keep such lists: with `@` or `*.` before them, with empty lines, and with
 * what stands behind a `#` for people.
 */
export function readDomainLines(text: string): DomainLines {
  const domains = new Set<string>();
  const wrong: string[] = [];
  for (const line of text.split('\n')) {
    const written = line.replace(/#.*/, '').trim();
    if (written === '') continue;
    const parsed = domainSchema.safeParse(toAscii(written.replace(/^(?:@|\*\.|\.)/, '')));
    if (parsed.success) domains.add(parsed.data);
    else wrong.push(written);
  }
  return { domains: [...domains], wrong };
}

/** International names as DNS has them. */
function toAscii(name: string): string {
  if (/^[\x21-\x7e]*$/.test(name)) return name;
  try {
    return new URL(`http://${name}`).hostname;
  } catch {
    // No name at all: it is refused as it stands.
    return name;
  }
}
