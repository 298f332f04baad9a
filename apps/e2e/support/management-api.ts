import { API_PREFIX, paths, type Role, type Visibility } from '@stowage/contracts';
import { randomName } from './random.js';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; undefined when there is none. */
  readonly body: unknown;
}

export interface ApiRequest {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who has signed up, with the session's cookie and an access token for clients. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly cookie: string;
  /** The secret of an access token that may do all that its owner may. */
  readonly token: string;
  readonly call: (path: string, request?: ApiRequest) => Promise<ApiAnswer>;
}

/** One call to `/api/v1`; `path` is what follows the prefix. */
export async function callApi(url: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
  const { method = request.body === undefined ? 'GET' : 'POST', body, headers } = request;
  const response = await fetch(`${url}${API_PREFIX}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), origin: url, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parseBody(text) };
}

/** Calls and insists on the status; the body comes back. */
export async function expectStatus(status: number, answer: Promise<ApiAnswer>): Promise<unknown> {
  const { status: actual, body } = await answer;
  if (actual !== status) throw new Error(`expected ${status}, got ${actual}: ${JSON.stringify(body)}`);
  return body;
}

/** Signs somebody up and makes an access token; the personal namespace has the username. */
export async function signUp(url: string, prefix = 'user'): Promise<Person> {
  const username = randomName(prefix);
  const account = { username, email: `${username}@example.com`, password: `${username} likes ships` };
  const answer = await callApi(url, paths.accounts, { body: account });
  if (answer.status !== 201) throw new Error(`sign-up: ${answer.status} ${JSON.stringify(answer.body)}`);
  const cookie = readCookie(answer.headers);
  const call = (path: string, request: ApiRequest = {}): Promise<ApiAnswer> =>
    callApi(url, path, { ...request, headers: { cookie, ...request.headers } });
  const token = await createAccessToken(call, { name: 'suite' });
  return { ...account, cookie, token, call };
}

export async function createAccessToken(call: Person['call'], body: object): Promise<string> {
  const created = await expectStatus(201, call(paths.accessTokens, { body }));
  return (created as { secret: string }).secret;
}

export async function createOrganization(owner: Person, prefix = 'org'): Promise<string> {
  const name = randomName(prefix);
  await expectStatus(201, owner.call(paths.namespaces, { body: { name } }));
  return name;
}

export async function putMember(owner: Person, namespace: string, member: Person, role: Role): Promise<void> {
  const answer = await owner.call(paths.member(namespace, member.username), { method: 'PUT', body: { role } });
  if (answer.status >= 300) throw new Error(`member: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** `repository` is the full name. */
export async function setVisibility(owner: Person, repository: string, visibility: Visibility): Promise<void> {
  const [namespace = '', ...rest] = repository.split('/');
  const path = paths.repository(namespace, rest.join('/'));
  await expectStatus(200, owner.call(path, { method: 'PATCH', body: { visibility } }));
}

export function readCookie(headers: Headers): string {
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error('the answer set no cookie');
  return cookies.join('; ');
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text; // a page, not JSON: let the assertion show it
  }
}
