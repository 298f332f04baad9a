import { API_PREFIX, problemSchema } from '@stowage/contracts';
import { z } from 'zod';
import { ApiError } from './api-error';
import { confirmedAfter } from './confirmation';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
}

/** Sends one request and checks the answer with the schema that the API promises in `@stowage/contracts`. */
export async function request<T extends z.ZodType>(
  schema: T,
  path: string,
  options: RequestOptions = {},
): Promise<z.output<T>> {
  const response = await send(path, options);
  const parsed = schema.safeParse(response.status === 204 ? undefined : await readJson(response));
  if (parsed.success) return parsed.data;
  reportError(new Error(`${options.method ?? 'GET'} ${path} broke its contract`, { cause: parsed.error }));
  throw new ApiError(
    response.status,
    'The registry answered in a form that this page does not know. Reload the page to get its current version.',
  );
}

/** A request whose answer does not matter beyond having succeeded. */
export async function requestNothing(path: string, options: RequestOptions): Promise<void> {
  await send(path, options);
}

/** A request that is refused until the person has typed the password again is sent again after that. */
async function send(path: string, options: RequestOptions): Promise<Response> {
  try {
    return await sendOnce(path, options);
  } catch (error) {
    if (await confirmedAfter(error)) return sendOnce(path, options);
    throw error;
  }
}

async function sendOnce(path: string, { method = 'GET', body, query, signal }: RequestOptions): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`${API_PREFIX}${path}${queryString(query)}`, init).catch(failUnreached);
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
function readJson(response: Response): Promise<unknown> {
  return response.json().catch((error: unknown) => (error instanceof SyntaxError ? undefined : failUnreached(error)));
}

function failUnreached(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new ApiError(0, 'The registry can’t be reached. Check your connection and try again.');
}

function queryString(query: RequestOptions['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
  return search.size > 0 ? `?${search}` : '';
}
