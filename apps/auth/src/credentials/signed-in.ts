import type { CredentialLimits, Principal } from '@stowage/auth';
import type { TrustedRule } from '@stowage/metadata';

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
  /** Set for a CI job; then the principal is one of its rules, and the token service may choose another. */
  readonly job?: Job;
}

/** A CI job, and every trust rule that lets it in, the oldest first; one at least. */
export interface Job {
  /** The `sub` of its ID token. */
  readonly subject: string;
  readonly rules: readonly TrustedRule[];
}

export const ANONYMOUS: SignedIn = { principal: null, credentialId: null, credentialExpiresAt: null, grants: null };
