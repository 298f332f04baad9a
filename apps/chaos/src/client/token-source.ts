import type { RepositoryName } from '@stowage/oci';

const FRESH_MS = 60_000;

export interface Account {
  readonly username: string;
  /** The secret of an access token. */
  readonly secret: string;
}

/** Registry tokens of one user, for all repositories of the run; asked for again long before they end. */
export class TokenSource {
  #token: Promise<string> | undefined;
  #askedAt = 0;

  constructor(
    private readonly tokenUrl: URL,
    private readonly account: Account,
    private readonly repositories: readonly RepositoryName[],
  ) {}

  /** Of the token service at the address that people know. */
  static of(publicUrl: string, account: Account, repositories: readonly RepositoryName[]): TokenSource {
    const url = new URL('/token', publicUrl);
    url.searchParams.set('service', url.host);
    return new TokenSource(url, account, repositories);
  }

  /** The value of `Authorization`; the one before while the token service can't answer. Throws without any. */
  async authorization(): Promise<string> {
    if (Date.now() - this.#askedAt > FRESH_MS) {
      this.#askedAt = Date.now();
      this.#token = this.#renew(this.#token);
    }
    return `Bearer ${await this.#token}`;
  }

  async #renew(before: Promise<string> | undefined): Promise<string> {
    const token = await this.#ask();
    if (token !== undefined) return token;
    this.#askedAt = 0;
    if (before === undefined) throw new Error(`no token for ${this.account.username}`);
    return before;
  }

  async #ask(): Promise<string | undefined> {
    const url = new URL(this.tokenUrl);
    for (const name of this.repositories) url.searchParams.append('scope', `repository:${name}:pull,push,delete`);
    const { username, secret } = this.account;
    const basic = Buffer.from(`${username}:${secret}`).toString('base64');
    try {
      const answer = await fetch(url, { headers: { authorization: `Basic ${basic}` } });
      return answer.ok ? ((await answer.json()) as { token: string }).token : undefined;
    } catch {
      return undefined; // it may be there again for the next request
    }
  }
}
