import type { SigningKeyTimes } from '@stowage/auth';
import type { Database } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';

/** What the token service is started with. Needs Postgres, nothing else. */
export interface AuthOptions {
  readonly database: Database;
  readonly logger: RequestLogger;
  /** The canonical origin: issuer of the tokens and base of the links in messages, never taken from a request. */
  readonly publicUrl: URL;
  /** Proxies in front, whose word on the client's address counts. */
  readonly trustedProxies?: readonly string[];
  /** The one audience that tokens are made for. */
  readonly service: string;
  /** Lifetime of an access token; `createAuthApp` throws RangeError below 60 and above 3600. */
  readonly tokenTtlSeconds: number;
  /** Issuers of CI tokens that may be inside the network; none unless given. */
  readonly privateIssuers?: readonly string[];
  /** How long keys sign and verify. */
  readonly signingKeyTimes: SigningKeyTimes;
}

export const AUTH_OPTIONS = Symbol('AuthOptions');
