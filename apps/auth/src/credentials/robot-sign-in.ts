import { hashSecretToken, type SecretToken } from '@stowage/auth';
import type { RobotSecretStore } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import type { FailureLog, FailureReason } from '@stowage/sign-in';
import type { SignedIn } from './signed-in.js';
import { WrongCredentialsError } from './wrong-credentials.js';

export interface RobotSignInDependencies {
  readonly secrets: RobotSecretStore;
  readonly failures: FailureLog;
  readonly logger: RequestLogger;
  readonly service: string;
}

/**
 * Robots sign in as `namespace.name`, with a secret of theirs and nothing else. A name that the namespace had before leads to
 * them as it leads to its repositories, so that a rename stops no machine.
 */
export class RobotSignIn {
  constructor(private readonly deps: RobotSignInDependencies) {}

  /** Throws WrongCredentialsError, also for a robot that is disabled or has expired. */
  async signIn(login: string, secret: SecretToken, address: string): Promise<SignedIn> {
    const { secrets, service } = this.deps;
    const hash = hashSecretToken(secret.text);
    const found = await secrets.findUsable(hash);
    if (!found) {
      const owner = await secrets.findOwner(hash);
      await this.#record(owner, owner ? (owner.isDisabled ? 'disabled' : 'expired secret') : 'unknown secret', address);
      throw new WrongCredentialsError(
        'the robot secret is wrong or was taken back, or its robot is disabled or has expired; ' +
          'ask a maintainer of the namespace for a new one',
        service,
      );
    }
    if (![found.login, ...found.formerLogins].includes(login.toLowerCase())) {
      await this.#record(found, "somebody else's secret", address);
      throw new WrongCredentialsError(
        'the secret belongs to another robot; sign in with the name of that one',
        service,
      );
    }
    if (found.isStale) await this.#touch(found.id, address);
    const { id, robotId, expiresAt } = found;
    const principal = { kind: 'robot', id: robotId, name: found.login } as const;
    return { principal, credentialId: id, credentialExpiresAt: expiresAt, grants: null };
  }

  async #record(
    robot: { readonly namespace: string; readonly login: string } | undefined,
    reason: FailureReason,
    address: string,
  ): Promise<void> {
    const whose = robot ? { user: { username: robot.login }, namespace: robot.namespace } : { user: undefined };
    await this.deps.failures.record({ ...whose, address, door: 'token service' }, reason);
  }

  /** A statistic: when it can't be written, the robot signs in all the same. */
  async #touch(secretId: string, address: string): Promise<void> {
    try {
      await this.deps.secrets.touch(secretId, address);
    } catch (err) {
      this.deps.logger.warn({ err, secretId }, 'could not record the use of a robot secret');
    }
  }
}
