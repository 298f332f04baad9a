/**
 * A scan over JSON bytes that finds what `JSON.parse` hides or chokes on: nesting deeper than a limit, members named
 * twice in one object, and strings that are no text. Linear in the input, no recursion.
 */
const MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COLON = 0x3a;

/** `not text`: a string with a NUL or half a surrogate pair, which neither UTF-8 nor Postgres can hold. */
export type JsonShapeFault = 'too deep' | 'duplicate member' | 'not UTF-8' | 'byte order mark' | 'not text';

/** The first fault in the bytes, or undefined. Syntax errors are left to `JSON.parse`. */
export function findJsonShapeFault(bytes: Uint8Array): JsonShapeFault | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return 'not UTF-8'; // @NOTE the decoder's error says no more than this
  }
  return text.startsWith('\uFEFF') ? 'byte order mark' : scan(text);
}

function scan(text: string): JsonShapeFault | undefined {
  const scopes: (Set<string> | undefined)[] = [];
  let lastString = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at + 1);
      lastString = unescaped(text.slice(at, end + 1));
      if (!isText(lastString)) return 'not text';
      at = end;
    } else if (isOpening(code)) {
      scopes.push(code === OPEN_OBJECT ? new Set() : undefined);
      if (scopes.length > MAX_DEPTH) return 'too deep';
    } else if (isClosing(code)) {
      scopes.pop();
    } else if (code === COLON) {
      const members = scopes.at(-1);
      if (members?.has(lastString)) return 'duplicate member';
      members?.add(lastString);
    }
  }
  return undefined;
}

function isOpening(code: number): boolean {
  return code === OPEN_OBJECT || code === OPEN_ARRAY;
}

function isClosing(code: number): boolean {
  return code === CLOSE_OBJECT || code === CLOSE_ARRAY;
}

function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** The same text for the same string however it is written: `"\u0061"` and `"a"` are one name. */
function unescaped(literal: string): string {
  if (!literal.includes('\\')) return literal;
  try {
    return `"${JSON.parse(literal) as string}"`;
  } catch {
    return literal; // @NOTE bad escapes are reported by JSON.parse of the whole text
  }
}

function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}
