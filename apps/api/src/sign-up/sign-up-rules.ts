import { hashSecretToken, parseSecretToken } from '@stowage/auth';
import type { Settings, SignUpMode } from '@stowage/contracts';
import type { Actor, SignUpPolicy } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';

/** Who may make an account at this moment. */
export class SignUpRules {
  constructor(
    private readonly policy: SignUpPolicy,
    private readonly environment: SignUpMode,
  ) {}

  async find(): Promise<Settings['signUp']> {
    const chosen = (await this.policy.find()) ?? null;
    return { mode: chosen ?? this.environment, chosen, environment: this.environment };
  }

  async put(mode: SignUpMode | null, actor: Actor): Promise<void> {
    await this.policy.put(mode, actor);
  }

  /**
   * The hash of the code that has to let somebody in; undefined when none is needed. Throws 403 when sign-up is closed, and
   * where a code is needed and none, or nothing like one, is there.
   */
  async admission(code: string | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { mode } = await this.find();
    if (mode === 'closed') throw new ProblemError(403, 'Sign-up is closed here. Ask an administrator for an account.');
    if (code === undefined) {
      if (mode === 'open') return undefined;
      throw new ProblemError(403, 'Sign-up is by invitation here. Open the link of your invitation.');
    }
    const secret = parseSecretToken(code);
    if (secret?.kind !== 'code') throw notInvited();
    return new Uint8Array(hashSecretToken(secret.text));
  }
}

export function notInvited(cause?: unknown): ProblemError {
  const detail = 'This invitation was used already, is over, or is for another e-mail address. Ask for a new one.';
  return new ProblemError(403, detail, { cause });
}
