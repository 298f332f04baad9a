import type { Stowage } from './stowage.js';

const LINK = /https?:\/\/[^\s"'<>]*setup[^\s"'<>]*/;

/** The one-time link that creates the first administrator, as it stands in the terminal. */
export async function printedSetupLink(stowage: Stowage): Promise<URL> {
  const [link] = await stowage.printed(LINK);
  return new URL(link);
}

export function hasSetupLink(stowage: Stowage): boolean {
  return LINK.test(stowage.output);
}

/** The code that the page behind the link sends to `POST /setup`. */
export function codeOf(link: URL): string {
  const fragment = new URLSearchParams(link.hash.slice(1));
  const code = link.searchParams.get('code') ?? fragment.get('code') ?? link.pathname.split('/').at(-1);
  if (!code) throw new Error(`no code in ${link.href}`);
  return code;
}
