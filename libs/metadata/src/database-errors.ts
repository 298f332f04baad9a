/** Postgres can't be reached, is starting or stopping, or every connection is taken: trying again may help. */
export class DatabaseUnavailableError extends Error {
  override name = 'DatabaseUnavailableError';
}

/** Two transactions wanted the same rows; running this one again may help. */
export class DatabaseConflictError extends Error {
  override name = 'DatabaseConflictError';
}

/** A unique index refused the row. */
export class AlreadyExistsError extends Error {
  override name = 'AlreadyExistsError';
  constructor(
    readonly index: string,
    options?: ErrorOptions,
  ) {
    super(`already exists: ${index}`, options);
  }
}

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** 40001 serialisation failure, 40P01 deadlock; P2034 is Prisma's name for both. */
const CONFLICTS = new Set(['40001', '40P01', 'P2034']);
/** 55P03 lock not available, 57014 cancelled by a timeout; P2024, P2028: no connection in time. */
const BUSY = new Set(['55P03', '57014', 'P2024', 'P2028', 'P1001', 'P1002', 'P1008', 'P1017']);
/** What Prisma's adapter makes of a socket error inside a transaction: its kind is all that is left. */
const CONNECTION_KINDS = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout']);
const UNIQUE = new Set(['23505', 'P2002']);
const CONNECTION_LOST =
  /Connection terminated|timeout exceeded when trying to connect|Server has closed the connection|Cannot use a pool after|not queryable/;

/** The one place that knows the error shapes of `pg` and Prisma. Our own errors pass unchanged. */
export function toDatabaseError(error: unknown): unknown {
  for (const link of causes(error)) {
    const code = codeOf(link);
    if (code === undefined && !CONNECTION_LOST.test(messageOf(link))) continue;
    if (code !== undefined && CONFLICTS.has(code))
      return new DatabaseConflictError('conflicting transactions', { cause: error });
    if (code !== undefined && UNIQUE.has(code)) return new AlreadyExistsError(indexOf(link), { cause: error });
    if (isUnavailable(code, messageOf(link)))
      return new DatabaseUnavailableError('Postgres does not answer', { cause: error });
  }
  return error;
}

function isUnavailable(code: string | undefined, message: string): boolean {
  if (code === undefined) return true;
  // Class 08: connection; 57P: stopping or starting; 53: out of resources.
  if (NETWORK.has(code) || BUSY.has(code) || CONNECTION_KINDS.has(code)) return true;
  return /^(08|53|57P)/.test(code) || CONNECTION_LOST.test(message);
}

function* causes(error: unknown): Iterable<object> {
  const seen = new Set<unknown>();
  let link: unknown = error;
  while (typeof link === 'object' && link !== null && !seen.has(link)) {
    seen.add(link);
    yield link;
    if ('meta' in link && typeof link.meta === 'object' && link.meta !== null) {
      yield link.meta;
      const adapter = (link.meta as { driverAdapterError?: unknown }).driverAdapterError;
      if (typeof adapter === 'object' && adapter !== null) yield* causes(adapter);
    }
    link = 'cause' in link ? link.cause : undefined;
  }
}

function codeOf(link: object): string | undefined {
  const { code, originalCode, kind } = link as { code?: unknown; originalCode?: unknown; kind?: unknown };
  return [originalCode, code, kind].find((name) => typeof name === 'string');
}

function messageOf(link: object): string {
  const { message, originalMessage } = link as { message?: unknown; originalMessage?: unknown };
  return `${typeof message === 'string' ? message : ''} ${typeof originalMessage === 'string' ? originalMessage : ''}`;
}

function indexOf(link: object): string {
  const text = JSON.stringify(link, Object.getOwnPropertyNames(link)) + messageOf(link);
  return /app_user_email_key|lower\(/.exec(text) ? 'email' : (/"?(\w+_(?:key|pkey))"?/.exec(text)?.[1] ?? 'unknown');
}
