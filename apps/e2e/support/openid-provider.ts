import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error -- the package has no types
import { Provider } from 'oidc-provider';

/** An OpenID provider on loopback. It believes everybody who they are. */
export class OpenIdProvider {
  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async start(): Promise<OpenIdProvider> {
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OpenIdProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** Answers from now on, for a registry that is at `origin`. */
  serve(origin: string, client: { readonly id: string; readonly secret: string }): void {
    const provider = new Provider(this.url, {
      clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [`${origin}/sign-in/callback`] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
      cookies: { keys: ['for-tests-only'] },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, preferred_username: id }),
      }),
    }) as { callback(): http.RequestListener };
    this.server.on('request', provider.callback());
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
