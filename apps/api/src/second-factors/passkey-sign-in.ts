import { PasskeyRefusedError, type Passkeys, type PasskeyUse } from '@stowage/authenticators';
import type { PasskeyProof, WebAuthnOptions } from '@stowage/contracts';
import type { PasskeyStore, UserRecord } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';

/** Signing in with a passkey: alone, or besides the password. */
export class PasskeySignIn {
  constructor(private readonly deps: { readonly passkeys: Passkeys; readonly store: PasskeyStore }) {}

  async options(): Promise<WebAuthnOptions> {
    return { ...(await this.deps.passkeys.signInOptions()) };
  }

  /** Null for somebody without a passkey. */
  async optionsOf(user: UserRecord): Promise<WebAuthnOptions | null> {
    const existing = await this.deps.store.list(user.id);
    return existing.length === 0 ? null : { ...(await this.deps.passkeys.signInOptions(user, existing)) };
  }

  /** Whose passkey it is. Throws 401, the same for one that nobody has and for one that proves nothing. */
  async verify(proof: PasskeyProof, use: PasskeyUse): Promise<UserRecord> {
    const found = await this.deps.store.findByCredential(proof.id);
    if (!found) throw refused();
    const checked = await this.deps.passkeys
      .verify({ passkey: found.passkey, owner: found.owner }, proof as never, use)
      .catch((error: unknown) => {
        throw error instanceof PasskeyRefusedError ? refused(error) : error;
      });
    if (!(await this.deps.store.use(found.passkey.id, checked))) throw refused();
    return found.owner;
  }
}

function refused(cause?: unknown): ProblemError {
  return new ProblemError(401, 'This passkey does not sign in here. Try again, or use your password.', { cause });
}
