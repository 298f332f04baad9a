import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

interface Options {
  readonly challenge: string;
}

export interface AnswerOptions {
  /** The page that asks; another one is what a phisher has. */
  readonly origin: string;
  /** Whether the device has checked who holds it; it has when nothing is said. */
  readonly verifies?: boolean;
  /** Whose it says that it is: the handle of the registration when nothing is said. */
  readonly userHandle?: string;
}

/** A security key in software (WebAuthn Level 3, section 6): what a browser would send for it. */
export class SoftAuthenticator {
  readonly credentialId = randomBytes(24).toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;
  #userHandle: string | undefined;

  create(options: Options & { readonly user?: { readonly id?: string } }, { origin, verifies = true }: AnswerOptions) {
    this.#userHandle = options.user?.id;
    const authData = Buffer.concat([
      this.#authenticatorData(origin, PRESENT | ATTESTED | (verifies ? VERIFIED : 0)),
      Buffer.alloc(16),
      Buffer.from([0, 24]),
      Buffer.from(this.credentialId, 'base64url'),
      this.#coseKey(),
    ]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    return this.#credential({
      clientDataJSON: clientData('webauthn.create', options.challenge, origin).toString('base64url'),
      attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
      transports: ['usb'],
    });
  }

  get(options: Options, { origin, verifies = true, userHandle = this.#userHandle }: AnswerOptions) {
    this.#counter += 1;
    const authData = this.#authenticatorData(origin, PRESENT | (verifies ? VERIFIED : 0));
    const client = clientData('webauthn.get', options.challenge, origin);
    const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
    return this.#credential({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: createSign('sha256').update(signed).sign(this.#keys.privateKey).toString('base64url'),
      ...(userHandle === undefined ? {} : { userHandle }),
    });
  }

  #credential<Response extends object>(response: Response) {
    const { credentialId } = this;
    return {
      id: credentialId,
      rawId: credentialId,
      type: 'public-key' as const,
      clientExtensionResults: {},
      response,
    };
  }

  #authenticatorData(origin: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const site = createHash('sha256').update(new URL(origin).hostname).digest();
    return Buffer.concat([site, Buffer.from([flags]), counter]);
  }

  /** RFC 9052, section 7: an EC2 key for ES256. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]);
    return Buffer.from(isoCBOR.encode(key as never));
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}
