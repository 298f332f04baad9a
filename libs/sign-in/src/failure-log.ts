import { anonymousActor, networkOf, type RefusalLog } from '@stowage/metadata';
import type { IdentifiedAttempt } from './attempt.js';

/** Why a sign-in failed, for those who read the audit log; the one who tries is not told. */
export type FailureReason =
  | 'unknown user'
  | 'password'
  | 'disabled'
  | 'second factor'
  | 'unknown secret'
  | 'expired secret'
  | 'untrusted job'
  | "somebody else's secret";

/** Writes down sign-ins that failed, a bounded number of them. */
export class FailureLog {
  constructor(private readonly refusals: RefusalLog) {}

  /** What was typed as a name is kept only when it is somebody's: people type their password into the wrong field. */
  async record(
    {
      user,
      address,
      door,
      namespace,
    }: Pick<IdentifiedAttempt, 'address' | 'door'> & {
      readonly user: { readonly username: string } | undefined;
      /** Of a robot: its owners should see what is tried with it. */
      readonly namespace?: string;
    },
    reason: FailureReason,
  ): Promise<void> {
    await this.refusals.record({
      source: networkOf(address),
      actor: anonymousActor(address),
      action: 'login.fail',
      ...(namespace === undefined ? {} : { namespace }),
      target: user?.username ?? 'unknown user',
      detail: { at: door, reason },
    });
  }
}
