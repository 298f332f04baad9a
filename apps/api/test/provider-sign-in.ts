import { aName } from '@stowage/metadata/testing';
import { OpenIdProvider } from '@stowage/oidc/testing';
import { afterAll, expect } from 'vitest';
import type { ApiOptions } from '../src/api-options.js';
import { type ApiAnswer, type OpenApi, openApi, ORIGIN, type SignedIn } from './open-api.js';

export const CALLBACK = `${ORIGIN}/sign-in/callback`;
const CLIENT = { id: 'stowage', secret: 'a-secret-of-the-client' };

export interface Begun {
  readonly cookie: string;
  readonly page: URL;
}

/** What the provider appended to the address that it sends people back to. */
export const answerOf = (back: URL): Record<string, string> => Object.fromEntries(back.searchParams);

/** A provider on loopback and registries whose people sign in with it, for the tests of a file. */
export class ProviderSignIn {
  private constructor(
    readonly provider: OpenIdProvider,
    readonly api: OpenApi,
  ) {}

  static async open(): Promise<ProviderSignIn> {
    const provider = await OpenIdProvider.start();
    provider.serve({ ...CLIENT, redirectUri: CALLBACK });
    afterAll(async () => provider.stop());
    return new ProviderSignIn(provider, openApi(settingsOf(provider)));
  }

  /** Another registry, with the same provider. */
  another(options: Partial<ApiOptions>): OpenApi {
    return openApi({ ...settingsOf(this.provider), ...options });
  }

  async begin(site = this.api, body: object = {}): Promise<Begun> {
    const answer = await site.ask('POST /sign-in-providers/oidc/attempts', { body });
    expect(answer.status).toBe(201);
    return { cookie: String(answer.cookie), page: new URL(String(answer.json['url'])) };
  }

  complete(cookie: string, body: object, site = this.api): Promise<ApiAnswer> {
    return site.ask('POST /sign-in-attempts/completion', { cookie, body });
  }

  /** All of it as `account`: what the completion answers, and the cookie that it was sent with. */
  async visit(account: string, site = this.api, body: object = {}): Promise<ApiAnswer & { sent: string }> {
    const { cookie, page } = await this.begin(site, body);
    const back = await this.provider.visit(page.href, account);
    return { ...(await this.complete(cookie, answerOf(back), site)), sent: cookie };
  }

  /** Somebody whom the provider knows and the registry does not. */
  newcomer(more: object = {}): string {
    const id = aName('harbour');
    const claims = { email: `${id}@example.com`, email_verified: true, preferred_username: `Ada ${id}` };
    this.provider.accounts.set(id, { ...claims, ...more });
    return id;
  }

  async join(account: string): Promise<{ username: string; cookie: string }> {
    const first = await this.visit(account);
    const username = aName('ada');
    const made = await this.api.ask('POST /sign-in-attempts/account', { cookie: first.sent, body: { username } });
    expect(made.status).toBe(201);
    return { username, cookie: String(made.cookie) };
  }

  async link(person: SignedIn, account: string): Promise<ApiAnswer> {
    const body = { provider: 'oidc' };
    const begun = await this.api.ask('POST /account/identities', { cookie: person.cookie, body });
    expect(begun.status).toBe(201);
    const back = await this.provider.visit(String(begun.json['url']), account);
    return this.complete(person.cookie, answerOf(back));
  }
}

function settingsOf({ url }: OpenIdProvider): Partial<ApiOptions> {
  const { id: clientId, secret: clientSecret } = CLIENT;
  return { signInProviders: [{ id: 'oidc', name: 'Harbour', url, clientId, clientSecret }] };
}
