import { API_PREFIX, type HttpMethod, problemSchema } from '@stowage/contracts';
import { ApiError } from './api-error';
import { confirmedAfter } from './confirmation';

export interface Message {
  readonly method: HttpMethod;
  /** Below `API_PREFIX`, with its query. */
  readonly path: string;
  readonly body?: unknown;
  /** The request counts only while what it changes has this entity tag. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The answer of success; throws an `ApiError` for any other, and for none. A request that is refused until the person has
 * typed the password again is sent again after that.
 */
export async function send(message: Message): Promise<Response> {
  try {
    return await sendOnce(message);
  } catch (error) {
    if (await confirmedAfter(error)) return sendOnce(message);
    throw error;
  }
}

async function sendOnce({ method, path, body, ifMatch, signal }: Message): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const init: RequestInit = { method, credentials: 'same-origin', headers };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  if (ifMatch !== undefined) headers['if-match'] = ifMatch;
  const response = await fetch(`${API_PREFIX}${path}`, init).catch(failUnreached);
  if (response.ok) return response;
  throw await errorOf(response);
}

async function errorOf(response: Response): Promise<ApiError> {
  const problem = problemSchema.safeParse(await readJson(response));
  if (problem.success) return new ApiError(response.status, problem.data.detail || problem.data.title, problem.data);
  return new ApiError(
    response.status,
    `The registry answered with an error (${response.status}). Try again in a moment.`,
  );
}

/** What is no JSON is `undefined`; a body that was cut off or called off is no answer at all, and fails as such. */
export function readJson(response: Response): Promise<unknown> {
  return response.json().catch((error: unknown) => (error instanceof SyntaxError ? undefined : failUnreached(error)));
}

function failUnreached(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new ApiError(0, 'The registry can’t be reached. Check your connection and try again.');
}
