import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error -- the package has no types
import { Provider } from 'oidc-provider';

export const CLIENT = { clientId: 'stowage', clientSecret: 'a-secret-of-the-client' };

export interface ProviderAccount {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
}

/** An OpenID provider on loopback, a real one, with the accounts that a test gives it. */
export class TestProvider {
  readonly accounts = new Map<string, ProviderAccount>();
  #server: http.Server | undefined;
  url = '';

  /** `redirectUri` is what the client has registered. */
  async start(redirectUri: string): Promise<void> {
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(this.url, {
      clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
      conformIdTokenClaims: false,
      cookies: { keys: ['for-tests-only'] },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...this.accounts.get(id) }),
      }),
    }) as { callback(): http.RequestListener };
    server.on('request', provider.callback());
    this.#server = server;
  }

  /** What a browser does there: signs in as `account`, agrees, and is sent back. Returns the address it is sent to. */
  async visit(page: string, account: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let url = new URL(page);
    for (let step = 0; step < 12; step += 1) {
      const response = await this.#ask(url, cookies, this.#formOf(url, account));
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.href}: ${response.status} ${await response.text()}`);
      url = new URL(location, url);
      if (url.origin !== this.url) return url;
    }
    throw new Error('the provider sends nobody back');
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  #steps = new Map<string, number>();

  /** The provider asks first who it is and then whether that is fine, at an address of its own for each. */
  #formOf(url: URL, account: string): URLSearchParams | undefined {
    if (!url.pathname.startsWith('/interaction/')) return undefined;
    const asked = this.#steps.get(account) ?? 0;
    this.#steps.set(account, asked + 1);
    return asked % 2 === 0
      ? new URLSearchParams({ prompt: 'login', login: account, password: 'x' })
      : new URLSearchParams({ prompt: 'consent' });
  }

  async #ask(url: URL, cookies: Map<string, string>, form: URLSearchParams | undefined): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return response;
  }
}
