import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

interface IssuerKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

interface Signing {
  /** Seconds from now; an hour. */
  readonly expiresIn?: number;
  readonly header?: Partial<JWTHeaderParameters>;
  /** Another key than the issuer's own. */
  readonly privateKey?: CryptoKey | Uint8Array;
}

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** An OpenID Connect issuer on loopback, as far as those who verify its tokens see one. */
export class TestIssuer {
  readonly #server: http.Server;
  /** The `iss` of its tokens. */
  url = '';
  #keys: IssuerKey[] = [];
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  /** Takes the place of every answer. */
  answer: Answer | undefined;
  /** What the configuration says besides or instead of the usual. */
  configuration: Record<string, unknown> = {};

  private constructor() {
    this.#server = http.createServer((request, response) => this.#respond(request, response));
  }

  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await issuer.rotate();
    await new Promise<void>((done) => issuer.#server.listen(0, '127.0.0.1', done));
    issuer.url = `http://127.0.0.1:${(issuer.#server.address() as AddressInfo).port}`;
    return issuer;
  }

  /** Signs with a new key from now on, and publishes no other one. */
  async rotate(algorithm = 'RS256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const kid = randomUUID();
    const publicJwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm };
    this.#keys = [{ kid, privateKey, publicJwk }];
  }

  get publicKeys(): JWK[] {
    return this.#keys.map(({ publicJwk }) => publicJwk);
  }

  async sign(claims: Readonly<Record<string, unknown>>, signing: Signing = {}): Promise<string> {
    const [key] = this.#keys;
    if (!key) throw new Error('the issuer has no key');
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.url, iat: now, nbf: now, exp: now + (signing.expiresIn ?? 3600), ...claims };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: key.publicJwk.alg ?? 'RS256', kid: key.kid, typ: 'JWT', ...signing.header })
      .sign(signing.privateKey ?? key.privateKey);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #respond(request: http.IncomingMessage, response: http.ServerResponse): void {
    this.requests.push(request.url ?? '');
    if (this.answer) return this.answer(request, response);
    const document = this.#documentAt(request.url);
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  }

  #documentAt(path: string | undefined): object | undefined {
    if (path === '/jwks') return { keys: this.publicKeys };
    if (path !== '/.well-known/openid-configuration') return undefined;
    return { issuer: this.url, jwks_uri: `${this.url}/jwks`, ...this.configuration };
  }
}
