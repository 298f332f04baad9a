import type { CredentialLimits } from '@stowage/auth';
import type { UserRecord } from '@stowage/metadata';

/** Who asks for a token, and what limits the credential that says so. */
export interface Principal {
  /** Null for the anonymous caller. */
  readonly user: UserRecord | null;
  /** The access token that the caller signed in with, or that the refresh token was made by. */
  readonly accessTokenId: string | null;
  /** When that access token ends; null when it does not, and without one. */
  readonly accessTokenExpiresAt: Date | null;
  /** Null: all that the user may do. */
  readonly grants: CredentialLimits['grants'];
}

export const ANONYMOUS: Principal = { user: null, accessTokenId: null, accessTokenExpiresAt: null, grants: null };
