import { sessionRoutes, type SignIn, type WebAuthnOptions } from '@stowage/contracts';
import { request } from '../../../lib/api/client';
import { usePasskeyOf } from '../../../lib/passkeys';

/** What signs in with a passkey alone: of whoever's the device has one. */
export async function passkeyAlone(): Promise<SignIn> {
  const { options } = await request(sessionRoutes.createSignInOptions);
  return { passkey: await usePasskeyOf(options) };
}

/** What signs in with a passkey besides the password. */
export async function withPasskey(password: SignIn, options: WebAuthnOptions): Promise<SignIn> {
  return { ...password, passkey: await usePasskeyOf(options) };
}
