import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Challenges } from './challenges.js';

/** EdDSA, ES256, RS256 (IANA, COSE algorithms). Newer ones are experimental in Node. */
const ALGORITHMS = [-8, -7, -257];

/** A passkey as it has to be kept. */
export interface StoredPasskey {
  /** Base64url, as the browser has it. */
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface NewPasskey extends StoredPasskey {
  /** Whether it is kept by a service that copies it to the person's other devices. */
  readonly isSynced: boolean;
}

/** A proof that counts, if its challenge was not spent before. */
export interface PasskeyProof {
  /** To be kept, so that it is spent once, until it counts no more by itself. */
  readonly challenge: string;
  readonly spentUntil: Date;
  readonly counter: number;
}

export interface PasskeyOwner {
  readonly id: string;
  readonly username: string;
}

/** `in place of the password` has to have checked who holds the key, `besides the password` only that somebody does. */
export type PasskeyUse = 'in place of the password' | 'besides the password';

/** The browser's answer proves nothing: it is forged, late, for another site, or of another key. */
export class PasskeyRefusedError extends Error {
  override name = 'PasskeyRefusedError';
}

/** Passkeys of one site (WebAuthn Level 3). Without memory: the caller keeps the keys and the spent challenges. */
export class Passkeys {
  readonly #challenges: Challenges;
  readonly #site: { readonly id: string; readonly origin: string };

  constructor(options: { readonly publicUrl: URL; readonly secret: string }) {
    this.#challenges = new Challenges(options.secret);
    this.#site = { id: options.publicUrl.hostname, origin: options.publicUrl.origin };
  }

  /** What the browser makes a new passkey of. Nobody gets a second one on a device that has one of theirs. */
  async registrationOptions(
    owner: PasskeyOwner,
    existing: readonly StoredPasskey[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: 'Stowage',
      rpID: this.#site.id,
      userID: handleOf(owner),
      userName: owner.username,
      userDisplayName: owner.username,
      challenge: this.#challenges.issue(registration(owner), now()),
      excludeCredentials: existing.map(toDescriptor),
      supportedAlgorithmIDs: ALGORITHMS,
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
  }

  /** Throws PasskeyRefusedError. */
  async register(owner: PasskeyOwner, response: RegistrationResponseJSON): Promise<NewPasskey & PasskeyProof> {
    const challenge = this.#challengeOf(response.response.clientDataJSON, registration(owner));
    const { verified, registrationInfo } = await refusing(
      verifyRegistrationResponse({
        response,
        expectedChallenge: challenge.challenge,
        expectedOrigin: this.#site.origin,
        expectedRPID: this.#site.id,
        supportedAlgorithmIDs: ALGORITHMS,
        requireUserVerification: false,
      }),
    );
    if (!verified) throw new PasskeyRefusedError('the signature is wrong');
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      ...challenge,
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: response.response.transports ?? [],
      isSynced: credentialBackedUp,
    };
  }

  /** What the browser asks for. Of anybody when no owner is named: then the device knows whose passkeys it has. */
  async signInOptions(
    owner?: PasskeyOwner,
    existing: readonly StoredPasskey[] = [],
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.#site.id,
      challenge: this.#challenges.issue(signIn(owner), now()),
      ...(owner ? { allowCredentials: existing.map(toDescriptor) } : {}),
      userVerification: owner ? 'preferred' : 'required',
    });
  }

  /** Throws PasskeyRefusedError. */
  async verify(
    { passkey, owner }: { readonly passkey: StoredPasskey; readonly owner: PasskeyOwner },
    response: AuthenticationResponseJSON,
    use: PasskeyUse,
  ): Promise<PasskeyProof> {
    const isAlone = use === 'in place of the password';
    const challenge = this.#challengeOf(response.response.clientDataJSON, signIn(isAlone ? undefined : owner));
    const { userHandle } = response.response;
    if (userHandle !== undefined && userHandle !== Buffer.from(handleOf(owner)).toString('base64url')) {
      throw new PasskeyRefusedError('the passkey is somebody else’s');
    }
    const { verified, authenticationInfo } = await refusing(
      verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge.challenge,
        expectedOrigin: this.#site.origin,
        expectedRPID: this.#site.id,
        credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: passkey.counter },
        requireUserVerification: isAlone,
      }),
    );
    if (!verified) throw new PasskeyRefusedError('the signature is wrong');
    return { ...challenge, counter: authenticationInfo.newCounter };
  }

  #challengeOf(clientData: string, purpose: string): Pick<PasskeyProof, 'challenge' | 'spentUntil'> {
    const challenge = readChallenge(clientData);
    const spentUntil = this.#challenges.spentUntil(challenge, purpose, now());
    if (!spentUntil) throw new PasskeyRefusedError('the challenge is over, or none of ours');
    return { challenge, spentUntil };
  }
}

/** Says nothing about the person to whoever holds the device (WebAuthn, section 14.6.1). */
function handleOf(owner: PasskeyOwner): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(owner.id.replaceAll('-', ''), 'hex'));
}

const registration = (owner: PasskeyOwner) => `register ${owner.id}`;
const signIn = (owner: PasskeyOwner | undefined) => (owner ? `second factor ${owner.id}` : 'sign in');
const now = () => Date.now() / 1000;

function toDescriptor({ credentialId, transports }: StoredPasskey): { id: string; transports: string[] } {
  return { id: credentialId, transports: [...transports] };
}

function readChallenge(clientData: string): string {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'challenge' in parsed) return String(parsed.challenge);
  } catch (cause) {
    throw new PasskeyRefusedError('the client data is no JSON', { cause });
  }
  throw new PasskeyRefusedError('the client data has no challenge');
}

/** The library throws for whatever it does not like; all of it comes from the browser's answer. */
async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new PasskeyRefusedError('the passkey’s answer does not count', { cause });
  }
}
