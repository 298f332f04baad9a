/**
 * Where to go after signing in. Only a path of this origin is accepted, or the sign-in page would forward
 * people to any site that a link names (`//evil.example`, `/\evil.example`, `javascript:`).
 */
export function safeNextPath(next: unknown): string | undefined {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return undefined;
  // Browsers drop tabs and newlines inside a URL, which would make `/<tab>/evil.example` a host.
  if (Array.from(next).some((character) => character < ' ' || character === '\\')) return undefined;
  if (/^\/(sign-in|sign-up|setup)(?:[/?#]|$)/.test(next)) return undefined;
  return next;
}
