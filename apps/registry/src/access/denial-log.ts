import type { Access, RegistryAction } from '@stowage/auth';
import type { Actor, RefusalLog } from '@stowage/metadata';
import type { RequestLogger } from '@stowage/nest-kit';
import { namespaceOf } from '@stowage/oci';
import type { DenialReason } from './access-review.js';

/** What a request was refused for is named by the most that it wanted. */
const BY_WEIGHT: readonly RegistryAction[] = ['delete', 'push', 'pull'];

/**
 * Writes down that somebody who has signed in was refused a pull, a push or a deletion, a bounded number of times. The
 * same is written, by the same statements, for a private repository and for one that does not exist.
 */
export class DenialLog {
  constructor(
    private readonly refusals: RefusalLog,
    private readonly logger: RequestLogger,
  ) {}

  /** Never fails: the answer is no, also when that can't be written down. */
  async record(actor: Actor, required: readonly Access[], reason: DenialReason): Promise<void> {
    const [wanted] = required.filter((access) => access.type === 'repository');
    const action = BY_WEIGHT.find((candidate) => wanted?.actions.includes(candidate));
    if (!wanted || !action) return;
    try {
      await this.refusals.record({
        source: String(actor.credentialId ?? actor.id),
        actor,
        action: `denial.${action}`,
        namespace: namespaceOf(wanted.name),
        target: wanted.name,
        detail: { reason },
      });
    } catch (err) {
      this.logger.warn({ err, action, repository: wanted.name }, 'could not record a denial');
    }
  }
}
