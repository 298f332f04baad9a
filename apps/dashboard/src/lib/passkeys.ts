import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { AddPasskey, PasskeyProof, WebAuthnOptions } from '@stowage/contracts';

/** Whether this browser has passkeys; it has none on a page of an address that is no name, or without https. */
export function hasPasskeys(): boolean {
  return window.isSecureContext && 'credentials' in navigator && 'PublicKeyCredential' in window;
}

/** Lets the device make a passkey. Throws a sentence for a person. */
export async function createPasskey(options: WebAuthnOptions): Promise<AddPasskey['response']> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return (await speaking(startRegistration({ optionsJSON }))) as AddPasskey['response'];
}

/** Lets the device prove that it has a passkey. Throws a sentence for a person. */
export async function usePasskeyOf(options: WebAuthnOptions): Promise<PasskeyProof> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return (await speaking(startAuthentication({ optionsJSON }))) as PasskeyProof;
}

async function speaking<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Error(SENTENCES[nameOf(cause)] ?? 'The browser could not use a passkey here. Try again.', { cause });
  }
}

/** What browsers throw (WebAuthn Level 3, sections 5.1.3 and 5.1.4.1). */
const SENTENCES: Readonly<Record<string, string>> = {
  NotAllowedError: 'No passkey was used: it was called off, or it took too long.',
  InvalidStateError: 'This device has a passkey of yours already.',
  SecurityError: 'Passkeys work only at the address that this registry is known by.',
};

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
