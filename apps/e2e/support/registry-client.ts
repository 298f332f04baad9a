import { parseChallenge } from './challenge.js';
import type { BuiltManifest, Content, Image, Index } from './images.js';
import { answerChallenge, type Credentials } from './token-service.js';

export interface RegistryRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer<ArrayBuffer> | string | undefined;
}

const BYTES = { 'content-type': 'application/octet-stream' };

/** Speaks `/v2` like any client: asks, is challenged, gets a token for what the challenge names, asks again. */
export class RegistryClient {
  readonly #tokens = new Map<string, string>();

  constructor(
    readonly url: string,
    readonly credentials?: Credentials,
  ) {}

  /** `path` starts with `/v2/`, or is a `Location` that the registry gave. */
  async request(method: string, path: string, request: RegistryRequest = {}): Promise<Response> {
    const key = tokenKey(method, path);
    const first = await this.send(method, path, request, this.#tokens.get(key));
    const header = first.headers.get('www-authenticate');
    if (first.status !== 401 || header === null) return first;
    await first.arrayBuffer();
    const token = await answerChallenge(parseChallenge(header), this.credentials);
    this.#tokens.set(key, token);
    return this.send(method, path, request, token);
  }

  /** One request with this token or none, and no second try. */
  async send(method: string, path: string, request: RegistryRequest, token?: string): Promise<Response> {
    return fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: { ...request.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  }

  /** A token for exactly this, without a request that would be challenged for it. */
  async tokenFor(...scopes: readonly string[]): Promise<string> {
    const base = await fetch(new URL('/v2/', this.url));
    return answerChallenge({ ...parseChallenge(base.headers.get('www-authenticate')), scopes }, this.credentials);
  }

  /** Opens a session; the answer is its `Location`. */
  async startUpload(repository: string): Promise<string> {
    const response = await this.request('POST', `/v2/${repository}/blobs/uploads/`);
    await insist(response, 202);
    return locationOf(response);
  }

  /** POST, then PUT with all the bytes. */
  async pushBlob(repository: string, blob: Content): Promise<void> {
    const location = await this.startUpload(repository);
    await insist(await this.finishUpload(location, blob.digest, blob.bytes), 201);
  }

  async finishUpload(location: string, digest: string, body?: Buffer<ArrayBuffer>): Promise<Response> {
    return this.request('PUT', withQuery(location, { digest }), { headers: BYTES, body });
  }

  async patch(location: string, body: Buffer<ArrayBuffer>, contentRange?: string): Promise<Response> {
    const range = contentRange === undefined ? {} : { 'content-range': contentRange };
    return this.request('PATCH', location, { headers: { ...BYTES, ...range }, body });
  }

  async putManifest(repository: string, reference: string, manifest: BuiltManifest): Promise<Response> {
    const { mediaType, bytes } = manifest;
    const headers = { 'content-type': mediaType };
    return this.request('PUT', `/v2/${repository}/manifests/${reference}`, { headers, body: bytes });
  }

  async pushImage(repository: string, reference: string, image: Image): Promise<void> {
    for (const blob of [image.config, ...image.layers]) await this.pushBlob(repository, blob);
    await insist(await this.putManifest(repository, reference, image.manifest), 201);
  }

  async pushIndex(repository: string, reference: string, index: Index): Promise<void> {
    for (const image of index.images) await this.pushImage(repository, image.manifest.digest, image);
    await insist(await this.putManifest(repository, reference, index.manifest), 201);
  }

  async getManifest(repository: string, reference: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.request('GET', `/v2/${repository}/manifests/${reference}`, { headers });
  }

  async getBlob(repository: string, digest: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.request('GET', `/v2/${repository}/blobs/${digest}`, { headers });
  }
}

/** Throws with the body, which says why. */
export async function insist(response: Response, status: number): Promise<void> {
  const text = await response.text();
  if (response.status !== status) {
    throw new Error(`${response.url}: expected ${status}, got ${response.status}: ${text.slice(0, 1000)}`);
  }
}

export async function bytesOf(response: Response): Promise<Buffer<ArrayBuffer>> {
  return Buffer.from(await response.arrayBuffer());
}

export function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${response.url}: ${response.status} without a Location`);
  return location;
}

/** Keeps what the `Location` carried (distribution-spec, "POST then PUT"). */
export function withQuery(location: string, query: Readonly<Record<string, string>>): string {
  const added = new URLSearchParams(query).toString();
  return `${location}${location.includes('?') ? '&' : '?'}${added}`;
}

/** Tokens are kept for a repository and a kind of access, as clients do. */
function tokenKey(method: string, path: string): string {
  const repository = /\/v2\/(.+?)\/(?:blobs|manifests|tags|referrers)\//.exec(path)?.[1] ?? '';
  const access = method === 'GET' || method === 'HEAD' ? 'pull' : method === 'DELETE' ? 'delete' : 'push';
  return `${access} ${repository}`;
}
