const API = '/api/v1';

/** Signs in as a browser does; resolves with its Cookie header. */
export async function signIn(owner: { url: string; login: string; password: string }): Promise<string> {
  const { url, login, password } = owner;
  const session = await post(`${url}${API}/session`, { login, password }, { origin: url });
  return session.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

/** Resolves with the secret of a new access token. */
export async function createAccessToken({ url, cookie }: { url: string; cookie: string }): Promise<string> {
  const wanted = { name: 'bench', expiresInDays: 1 };
  const created = await post(`${url}${API}/access-tokens`, wanted, { origin: url, cookie });
  const { secret } = (await created.json()) as { secret: string };
  return secret;
}

/** A robot that may pull from and push to each of the repositories; resolves with the value of its Authorization header. */
export async function createRobot(owner: {
  url: string;
  cookie: string;
  namespace: string;
  grants: readonly string[];
}): Promise<string> {
  const { url, cookie, namespace } = owner;
  const grants = owner.grants.map((repository) => ({ repository, actions: ['pull', 'push'] }));
  const wanted = { name: 'bench', grants, expiresInDays: 1 };
  const created = await post(`${url}${API}/namespaces/${namespace}/robots`, wanted, { origin: url, cookie });
  const { login, secret } = (await created.json()) as { login: string; secret: string };
  return basicOf(login, secret);
}

/** What a client does with the challenge of `GET /v2/`. Resolves with the value of the Authorization header. */
export async function requestBearer(pull: {
  url: string;
  scope: string;
  login: string;
  secret: string;
}): Promise<string> {
  const challenge = (await fetch(`${pull.url}/v2/`)).headers.get('www-authenticate') ?? '';
  const realm = new URL(parameter(challenge, 'realm'));
  realm.searchParams.set('service', parameter(challenge, 'service'));
  realm.searchParams.set('scope', pull.scope);
  const answer = await expectOk(await fetch(realm, { headers: { authorization: basicOf(pull.login, pull.secret) } }));
  const { token } = (await answer.json()) as { token: string };
  return `Bearer ${token}`;
}

/** The value of an Authorization header. */
export function basicOf(login: string, secret: string): string {
  return `Basic ${Buffer.from(`${login}:${secret}`).toString('base64')}`;
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>>): Promise<Response> {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return expectOk(await fetch(url, { ...sent, body: JSON.stringify(body) }));
}

async function expectOk(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

function parameter(challenge: string, name: string): string {
  const value = new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  if (value === undefined) throw new Error(`no ${name} in the challenge: ${challenge}`);
  return value;
}
