import type { SigningKeyTimes } from '@stowage/auth';
import type { SetupState } from '@stowage/contracts';
import type { Database } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import type { ProviderSettings } from '@stowage/oidc';
import type { StorageDriver } from '@stowage/storage';
import type { RequestLimitOptions } from './access/request-limits.js';

/** What the management API is started with. */
export interface ApiOptions {
  readonly database: Database;
  readonly storage: StorageDriver;
  readonly logger: RequestLogger;
  /** The canonical origin: the only source of links, and the origin that may send cookies. */
  readonly publicUrl: URL;
  /** Proxies in front, whose word on the client's address counts. */
  readonly trustedProxies?: readonly string[];
  readonly signUp: SetupState['signUp'];
  /** Whether some worker has a mail server. */
  readonly sendsMail: boolean;
  /** Storage limit of a new namespace. */
  readonly defaultQuotaBytes: number;
  readonly reviewDelaySeconds: number;
  /** How long what was deleted can be restored. */
  readonly trashRetentionSeconds: number;
  /** How long the keys of the token service sign and verify. */
  readonly signingKeyTimes: SigningKeyTimes;
  /** Issuers of CI tokens that may be inside the network; none unless given. */
  readonly privateIssuers?: readonly string[];
  /** Services that sign people in; none unless given. */
  readonly signInProviders?: readonly ProviderSettings[];
  readonly usagePage: (namespace: string) => string;
  /** Signs the session cookies; the same in every replica, 32 characters at least. */
  readonly cookieSecret: string;
  /** None when absent. */
  readonly limits?: RequestLimitOptions;
  /** Origins whose pages may read answers; none when absent. */
  readonly corsOrigins?: readonly string[];
}

export const API_OPTIONS = Symbol('ApiOptions');
