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
    const owner = await this.find(proof, use);
    if (owner) return owner;
    throw new ProblemError(401, 'This passkey does not sign in here. Try again, or use your password.');
  }

  /** The same; undefined for one that nobody has and for one that proves nothing. A proof counts once. */
  async find(proof: PasskeyProof, use: PasskeyUse): Promise<UserRecord | undefined> {
    const found = await this.deps.store.findByCredential(proof.id);
    if (!found) return undefined;
    const { passkey, owner } = found;
    const checked = await this.deps.passkeys.verify({ passkey, owner }, proof as never, use).catch((error: unknown) => {
      if (error instanceof PasskeyRefusedError) return undefined;
      throw error;
    });
    return checked && (await this.deps.store.use(passkey.id, checked)) ? owner : undefined;
  }
}
