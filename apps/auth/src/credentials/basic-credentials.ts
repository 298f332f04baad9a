export interface LoginCredentials {
  readonly login: string;
  readonly password: string;
}

const BASIC = /^basic +([a-z0-9+/]+={0,2}) *$/i;
/** Postgres has no text with a NUL in it, and nobody's name or password has any control character. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTERS = /[\x00-\x1f\x7f]/;

/** The header can't be read as user name and password: an error, because it never turns into "anonymous". */
export class MalformedCredentialsError extends Error {
  override name = 'MalformedCredentialsError';
}

/**
 * The name and password of an `Authorization: Basic` header (RFC 7617, UTF-8). Undefined without a header and with
 * nothing on either side of the colon, which is how some clients say that they have no credentials. Throws
 * MalformedCredentialsError.
 */
export function parseBasicCredentials(header: string | undefined): LoginCredentials | undefined {
  if (header === undefined) return undefined;
  const encoded = BASIC.exec(header)?.[1];
  if (encoded === undefined) throw new MalformedCredentialsError('not a Basic Authorization header');
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw new MalformedCredentialsError('no colon between name and password');
  const credentials = { login: text.slice(0, colon), password: text.slice(colon + 1) };
  return credentials.login === '' && credentials.password === '' ? undefined : credentials;
}

/** Whether anybody could have this name and password at all; no store is asked about others. */
export function isPossible({ login, password }: LoginCredentials): boolean {
  return login !== '' && password !== '' && !CONTROL_CHARACTERS.test(login) && !password.includes('\0');
}
