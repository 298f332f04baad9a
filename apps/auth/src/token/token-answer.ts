import type { IssuedToken } from './token-issuer.js';

/** The body of a 200: features.md 4.3. */
export interface TokenAnswer {
  readonly token: string;
  /** The same as `token`: clients read one or the other. */
  readonly access_token: string;
  readonly expires_in: number;
  readonly issued_at: string;
  readonly refresh_token?: string;
}

export function toAnswer(issued: IssuedToken, refreshToken?: string): TokenAnswer {
  return {
    token: issued.token,
    access_token: issued.token,
    expires_in: issued.expiresInSeconds,
    issued_at: issued.issuedAt.toISOString(),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  };
}
