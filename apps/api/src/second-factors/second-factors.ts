import { generateRecoveryCodes, hashRecoveryCode, matchTotp, parseRecoveryCode } from '@stowage/authenticators';
import type { EnabledTotp, EnableTotp, PasskeyProof } from '@stowage/contracts';
import type { Actor, SecondFactorCheck, SecondFactorStore, UserRecord } from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';
import type { PasskeySignIn } from './passkey-sign-in.js';

/** What came with the password. */
export interface SecondFactorInput {
  readonly totp?: string | undefined;
  readonly passkey?: PasskeyProof | undefined;
}

/** What a sign-in needs besides the password, and how it is switched on. */
export class SecondFactors {
  constructor(
    private readonly deps: {
      readonly store: SecondFactorStore;
      readonly check: SecondFactorCheck;
      readonly passkeys: PasskeySignIn;
    },
  ) {}

  /** Throws 401 when a second factor is needed and there is none or a wrong one, 429 after too many wrong codes. */
  async verify(user: UserRecord, { totp, passkey }: SecondFactorInput, address: string): Promise<void> {
    if (!(await this.deps.store.isNeeded(user.id))) return;
    if (totp !== undefined) await this.#verifyCode(user, totp, { address, status: 401 });
    else if (passkey === undefined) throw await this.#needed(user);
    else {
      const owner = await this.deps.passkeys.verify(passkey, 'besides the password');
      if (owner.id !== user.id) throw new ProblemError(401, 'This passkey belongs to another account.');
    }
  }

  /**
   * For somebody who is signed in, in place of the password: a code, or a passkey that has checked who holds it. Throws 403
   * when it proves nothing, 429 after too many wrong codes.
   */
  async confirm(user: UserRecord, { totp, passkey }: SecondFactorInput, address: string): Promise<void> {
    if (totp !== undefined) return this.#verifyCode(user, totp, { address, status: 403 });
    const owner = passkey && (await this.deps.passkeys.find(passkey, 'in place of the password'));
    if (owner?.id !== user.id)
      throw new ProblemError(403, 'This passkey does not prove that it is you. Try another way.');
  }

  async #verifyCode(
    user: UserRecord,
    code: string,
    { address, status }: { readonly address: string; readonly status: number },
  ): Promise<void> {
    const recovery = parseRecoveryCode(code);
    const outcome = await this.deps.check.use(
      user,
      {
        matchTotp: (key, time) => matchTotp(key, code, time),
        recoveryHash: recovery === undefined ? undefined : hashRecoveryCode(recovery),
      },
      address,
    );
    if (outcome === 'accepted') return;
    if (outcome === 'refused') throw wrongCode(status);
    throw new ProblemError(429, 'Too many wrong codes. Wait a few minutes, then use a new one.', {
      headers: { 'Retry-After': String(outcome.retryAfterSeconds) },
    });
  }

  async #needed(user: UserRecord): Promise<ProblemError> {
    const { totpSince } = await this.deps.store.find(user.id);
    const passkeyOptions = await this.deps.passkeys.optionsOf(user);
    const message = totpSince
      ? 'type the code of your authenticator app, or a recovery code'
      : 'use your passkey, or type a recovery code';
    return new ProblemError(401, `totp: ${message}`, {
      errors: [{ field: 'totp', message }],
      members: { reason: 'second-factor-needed', secondFactor: { totp: totpSince !== null, passkeyOptions } },
    });
  }

  /** Throws 403 for a wrong code, 409 when codes of an app count already. */
  async enableTotp(user: UserRecord, { key, code }: EnableTotp, actor: Actor): Promise<EnabledTotp> {
    const codes = generateRecoveryCodes();
    const recoveryHashes = codes.map(hashRecoveryCode);
    const match = (at: number) => matchTotp(key, code, { at });
    const enabled = await this.deps.store.enableTotp(user.id, { key, match, recoveryHashes }, actor);
    if (enabled === 'wrong code') throw wrongCode(403, 'code');
    if (enabled === 'enabled already') {
      throw new ProblemError(409, 'An authenticator app is set up already. Switch it off first.');
    }
    return { recoveryCodes: enabled.recoveryCodes ? codes : null };
  }

  /** Throws 409 for somebody who has no second factor. */
  async replaceRecoveryCodes(user: UserRecord, actor: Actor): Promise<string[]> {
    if (!(await this.deps.store.isNeeded(user.id))) {
      throw new ProblemError(409, 'Recovery codes come with a second factor. Set one up first.');
    }
    const codes = generateRecoveryCodes();
    await this.deps.store.replaceRecoveryCodes(user.id, codes.map(hashRecoveryCode), actor);
    return codes;
  }
}

function wrongCode(status: number, field = 'totp'): ProblemError {
  return fieldProblem(status, { field, message: 'this code is wrong, too old, or was used before' });
}
