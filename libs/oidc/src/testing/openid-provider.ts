// oxlint-disable-next-line typescript/triple-slash-reference -- for whoever compiles this from its source as well
/// <reference path="./oidc-provider.d.ts" />
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from 'oidc-provider';
import { BrowserVisit } from './browser-visit.js';

export interface ProviderAccount {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
}

export interface ProviderClient {
  readonly id: string;
  readonly secret: string;
  /** Where it has people sent back to. */
  readonly redirectUri: string;
}

/** A real OpenID provider on loopback that believes everybody who they are. */
export class OpenIdProvider {
  /** What it says of people; of those who are not here, an address that fits their name. */
  readonly accounts = new Map<string, ProviderAccount>();

  private constructor(
    private readonly server: http.Server,
    private readonly ProviderClass: typeof Provider,
    readonly url: string,
  ) {}

  static async start(): Promise<OpenIdProvider> {
    // A large package, which few of those who test with issuers need.
    const { Provider: ProviderClass } = await import('oidc-provider');
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OpenIdProvider(server, ProviderClass, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** Answers from now on, for this client. */
  serve({ id, secret, redirectUri }: ProviderClient): void {
    const provider = new this.ProviderClass(this.url, {
      clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
      conformIdTokenClaims: false,
      cookies: { keys: ['for-tests-only'] },
      findAccount: (_: unknown, account: string) => ({
        accountId: account,
        claims: () => ({ sub: account, ...(this.accounts.get(account) ?? namesake(account)) }),
      }),
    });
    this.server.on('request', provider.callback());
  }

  /** What a browser does there: signs in as `account`, agrees, and is sent back. Returns the address it is sent to. */
  async visit(page: string, account: string): Promise<URL> {
    return this.browser(account).follow(page);
  }

  /** One that it will know after the first visit. */
  browser(account: string): BrowserVisit {
    return new BrowserVisit(this.url, account);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

function namesake(account: string): ProviderAccount {
  return { email: `${account}@example.com`, email_verified: true, preferred_username: account };
}
