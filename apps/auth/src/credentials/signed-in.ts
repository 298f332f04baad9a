import type { CredentialLimits, Principal } from '@stowage/auth';

/** Who asks for a token, and what limits the credential that says so. */
export interface SignedIn {
  /** Null for the anonymous caller. */
  readonly principal: Principal | null;
  /** The access token that the caller signed in with or that the refresh token was made by, or the robot's secret. */
  readonly credentialId: string | null;
  /** When the credential ends; null when it does not, and without one. */
  readonly credentialExpiresAt: Date | null;
  /** Null: all that the principal may do. */
  readonly grants: CredentialLimits['grants'];
}

export const ANONYMOUS: SignedIn = { principal: null, credentialId: null, credentialExpiresAt: null, grants: null };
