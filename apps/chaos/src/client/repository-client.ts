import type { Digest, RepositoryName, TagName } from '@stowage/oci';
import type { Artifact } from '../content/artifact.js';
import type { Operation, Request, Verb } from '../history/operation.js';
import type { RegistryClient, Wire } from './registry-client.js';

/** distribution-spec for one repository, a request a method; uploads apart. */
export class RepositoryClient {
  constructor(
    private readonly client: RegistryClient,
    readonly name: RepositoryName,
  ) {}

  /** By one tag, by digest without a tag, or by digest with several (`?tag=`, all or none). */
  putManifest(artifact: Artifact, tags: readonly TagName[]): Promise<Operation> {
    const { digest, mediaType, bytes, blobs, children } = artifact;
    const [tag] = tags;
    const isByTag = tag !== undefined && tags.length === 1;
    const query = isByTag || tags.length === 0 ? '' : `?${tags.map((each) => `tag=${each}`).join('&')}`;
    const value = { tags, digest, blobs: digestsOf(blobs), children: digestsOf(children) };
    return this.#send(
      { f: 'put-manifest', key: isByTag ? { tag } : { digest }, value },
      {
        method: 'PUT',
        path: `manifests/${isByTag ? tag : digest}${query}`,
        headers: { 'content-type': mediaType },
        body: bytes,
      },
    );
  }

  getManifest(reference: { tag: TagName } | { digest: Digest }, method: 'GET' | 'HEAD' = 'GET'): Promise<Operation> {
    const text = 'tag' in reference ? reference.tag : reference.digest;
    const f: Verb = method === 'GET' ? 'get-manifest' : 'head-manifest';
    return this.#send({ f, key: reference }, { method, path: `manifests/${text}` });
  }

  deleteTag(tag: TagName): Promise<Operation> {
    return this.#send({ f: 'delete-tag', key: { tag } }, { method: 'DELETE', path: `manifests/${tag}` });
  }

  deleteManifest(digest: Digest): Promise<Operation> {
    return this.#send({ f: 'delete-manifest', key: { digest } }, { method: 'DELETE', path: `manifests/${digest}` });
  }

  listTags(): Promise<Operation> {
    return this.#send({ f: 'list-tags', key: {} }, { method: 'GET', path: 'tags/list?n=1000' });
  }

  getBlob(digest: Digest, method: 'GET' | 'HEAD' = 'GET'): Promise<Operation> {
    const f: Verb = method === 'GET' ? 'get-blob' : 'head-blob';
    return this.#send({ f, key: { digest } }, { method, path: `blobs/${digest}` });
  }

  deleteBlob(digest: Digest): Promise<Operation> {
    return this.#send({ f: 'delete-blob', key: { digest } }, { method: 'DELETE', path: `blobs/${digest}` });
  }

  mountBlob(digest: Digest, from: RepositoryName): Promise<Operation> {
    const path = `blobs/uploads/?mount=${digest}&from=${encodeURIComponent(from)}`;
    return this.#send({ f: 'mount-blob', key: { digest }, value: { from } }, { method: 'POST', path });
  }

  startUpload(): Promise<Operation> {
    return this.#send({ f: 'start-upload', key: {} }, { method: 'POST', path: 'blobs/uploads/' });
  }

  /** A request about an upload that is open: the `Location` of this registry is its id in a known path. */
  ofUpload(request: Pick<Request, 'f' | 'key' | 'value'>, wire: Omit<Wire, 'path'> & { query?: string }) {
    const { query = '', ...rest } = wire;
    return this.#send(request, { ...rest, path: `blobs/uploads/${request.key.upload}${query}` });
  }

  #send(request: Pick<Request, 'f' | 'key' | 'value'>, wire: Wire): Promise<Operation> {
    const path = `/v2/${this.name}/${wire.path}`;
    return this.client.send({ ...request, repository: this.name }, { ...wire, path });
  }
}

function digestsOf(named: readonly { readonly digest: Digest }[]): Digest[] {
  return named.map(({ digest }) => digest);
}
