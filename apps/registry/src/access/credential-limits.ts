import type { CredentialLimits, RegistryTokenClaims } from '@stowage/auth';
import type { AccessTokenStore, RobotSecretStore } from '@stowage/metadata';

export const UNLIMITED: CredentialLimits = { grants: null };

/** What the credential that a registry token names is limited to now; a token outlives it by some minutes. */
export class CurrentCredentialLimits {
  constructor(
    private readonly accessTokens: AccessTokenStore,
    private readonly robotSecrets: RobotSecretStore,
  ) {}

  /** Undefined when the credential is not usable any more. */
  async find({ principal, credentialId }: RegistryTokenClaims): Promise<CredentialLimits | undefined> {
    // After a password, for nobody, and for a job, whose rule is in its standing.
    if (principal === null || credentialId === null) return UNLIMITED;
    switch (principal.kind) {
      case 'user':
        return this.accessTokens.findLimits(credentialId);
      case 'robot':
        return (await this.robotSecrets.exists(credentialId)) ? UNLIMITED : undefined;
      case 'rule':
        return UNLIMITED;
    }
  }
}
