import { type HttpMethod, problemSchema } from '@stowage/contracts';
import { ApiError } from './api-error.js';

export interface SendOptions {
  /** Sent with every request. Without it the session goes along of the browser whose page this runs in. */
  readonly accessToken?: string | undefined;
  /** In place of the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

export interface Message {
  readonly method: HttpMethod;
  readonly url: string;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The answer of success; throws an `ApiError` for any other, and for none. */
export async function sendOnce(
  message: Message,
  { accessToken, fetch = globalThis.fetch }: SendOptions,
): Promise<Response> {
  const { method, url, body, ifMatch, idempotencyKey, signal } = message;
  const headers: Record<string, string> = { accept: 'application/json' };
  // An access token is enough by itself: cookies of whoever has the page open must not add to it.
  const init: RequestInit = { method, credentials: accessToken === undefined ? 'same-origin' : 'omit', headers };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  if (accessToken !== undefined) headers['authorization'] = `Bearer ${accessToken}`;
  if (ifMatch !== undefined) headers['if-match'] = ifMatch;
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const response = await fetch(url, init).catch(failUnreached);
  if (response.ok) return response;
  throw await errorOf(response);
}

async function errorOf(response: Response): Promise<ApiError> {
  const problem = problemSchema.safeParse(await readJson(response));
  if (problem.success) {
    const { detail, title } = problem.data;
    return new ApiError(response.status, detail || title, { problem: problem.data });
  }
  return new ApiError(
    response.status,
    `The registry answered with an error (${response.status}). Try again in a moment.`,
  );
}

/** What is no JSON is `undefined`; a body that was cut off or called off is no answer at all, and fails as such. */
export function readJson(response: Response): Promise<unknown> {
  return response.json().catch((error: unknown) => (error instanceof SyntaxError ? undefined : failUnreached(error)));
}

function failUnreached(cause: unknown): never {
  if (cause instanceof DOMException && (cause.name === 'AbortError' || cause.name === 'TimeoutError')) throw cause;
  const message = 'The registry can’t be reached. Check your connection and try again.';
  throw new ApiError(0, message, { cause });
}
