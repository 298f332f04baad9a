import { anImage, type Content, type Image } from './images.js';
import { bytesOf, type RegistryClient } from './registry-client.js';
import { randomName } from './random.js';

/** What the registry has answered 201 to. It must be there for ever after. */
export class Acknowledged {
  readonly blobs: { readonly repository: string; readonly blob: Content }[] = [];
  readonly manifests: { readonly repository: string; readonly tag: string; readonly image: Image }[] = [];

  get count(): number {
    return this.blobs.length + this.manifests.length;
  }

  /** Pushes images, noting every 201, until the server is gone. */
  async pushUntilCut(client: RegistryClient, namespace: string): Promise<void> {
    try {
      for (;;) await this.#pushOne(client, `${namespace}/${randomName('app')}`);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
    }
  }

  async #pushOne(client: RegistryClient, repository: string): Promise<void> {
    const image = await anImage({ layers: 3, layerBytes: 50_000 });
    for (const blob of [image.config, ...image.layers]) {
      await client.pushBlob(repository, blob);
      this.blobs.push({ repository, blob });
    }
    const response = await client.putManifest(repository, 'v1', image.manifest);
    if (response.status === 201) this.manifests.push({ repository, tag: 'v1', image });
    await response.arrayBuffer();
  }

  /** One line for each that is not there byte for byte; empty when the promise was kept. */
  async findLost(client: RegistryClient): Promise<string[]> {
    const lost: string[] = [];
    for (const { repository, blob } of this.blobs) {
      const response = await client.getBlob(repository, blob.digest);
      const same = (await bytesOf(response)).equals(blob.bytes);
      if (response.status !== 200 || !same) lost.push(`${response.status} ${repository} ${blob.digest}`);
    }
    for (const { repository, tag, image } of this.manifests) {
      for (const reference of [tag, image.manifest.digest]) {
        const response = await client.getManifest(repository, reference);
        const same = (await bytesOf(response)).equals(image.manifest.bytes);
        if (response.status !== 200 || !same) lost.push(`${response.status} ${repository}:${reference}`);
      }
    }
    return lost;
  }
}

/** `fetch` wraps what happened to the connection. */
function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated');
}
