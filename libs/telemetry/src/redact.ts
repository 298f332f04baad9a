import pino from 'pino';

const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 8192;

/** Names of fields and headers in lower case without `-` and `_`. */
const SECRET_NAMES = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'password',
  'currentpassword',
  'newpassword',
  'passwordhash',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'csrftoken',
  'xcsrftoken',
  'secret',
  'clientsecret',
  'secretaccesskey',
  'privatekey',
  'connectionstring',
  'databaseurl',
  'totp',
]);

/** Credentials inside a text: of an Authorization header, and of a URL. */
const SECRETS_IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/_.~=-]{6,}/gi, `$1 ${REDACTED}`],
  [/(\w:\/\/)[^\s/:@]*:[^\s/@]*@/g, `$1${REDACTED}@`],
];

export function redactText(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}[…]` : text;
  return SECRETS_IN_TEXT.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), short);
}

/**
 * A copy without secrets, at any depth and in any spelling of their names. It is also what makes a log line of
 * bounded size: bytes are counted, not printed, and what is too deep or too long is cut.
 */
export function redact(fields: object): Record<string, unknown> {
  return redactEntries(fields, 0);
}

function redactEntries(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isSecretName(name) && isPresent(value) ? REDACTED : toPlain(value, depth)]),
  );
}

function toPlain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return redactEntries(pino.stdSerializers.err(value), depth + 1);
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => toPlain(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return toPlain(value.toJSON(), depth + 1);
  return redactEntries(value, depth + 1);
}

function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.replaceAll(/[-_]/g, '').toLowerCase());
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
