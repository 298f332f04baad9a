import { hashSecretToken, parseSecretToken } from '@stowage/auth';
import type { Settings, SignUpMode } from '@stowage/contracts';
import type { RegistrySettings } from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';

/** Who may make an account at this moment. */
export class SignUpRules {
  constructor(
    private readonly settings: RegistrySettings,
    private readonly environment: SignUpMode,
  ) {}

  async find(): Promise<Settings> {
    const { signUp: chosen, legal } = await this.settings.find();
    return { signUp: { mode: chosen ?? this.environment, chosen, environment: this.environment }, legal };
  }

  /**
   * The hash of the code that has to let somebody in; undefined when none is needed. Throws 403 when sign-up is closed, and
   * where a code is needed and none, or nothing like one, is there.
   */
  async admission(code: string | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
    await this.admit({ isInvited: code !== undefined });
    return code === undefined ? undefined : hashOfInvitation(code);
  }

  /** Throws 403 when sign-up is closed, and where it is by invitation for who has none. Whether the code counts is not asked. */
  async admit({ isInvited }: { readonly isInvited: boolean }): Promise<void> {
    const { mode } = (await this.find()).signUp;
    if (mode === 'closed') throw new ProblemError(403, 'Sign-up is closed here. Ask an administrator for an account.');
    if (mode === 'invite' && !isInvited) {
      throw new ProblemError(403, 'Sign-up is by invitation here. Open the link of your invitation.');
    }
  }

  /** The version of the terms that counts as accepted; null where there are none. Throws 400 for any other version. */
  async agreement(accepted: string | undefined): Promise<string | null> {
    const { terms } = (await this.find()).legal;
    if (terms === null || terms.version === accepted) return terms?.version ?? null;
    const message =
      accepted === undefined
        ? `accept the terms of service (version ${terms.version})`
        : `there are newer terms of service: read and accept version ${terms.version}`;
    throw fieldProblem(400, { field: 'acceptedTerms', message });
  }
}

/** What is kept of the code of an invitation. Throws 403 for what is no such code. */
export function hashOfInvitation(code: string): Uint8Array<ArrayBuffer> {
  const secret = parseSecretToken(code);
  if (secret?.kind !== 'code') throw notInvited();
  return new Uint8Array(hashSecretToken(secret.text));
}

export function notInvited(cause?: unknown): ProblemError {
  const detail = 'This invitation was used already, is over, or is for another e-mail address. Ask for a new one.';
  return new ProblemError(403, detail, { cause });
}
