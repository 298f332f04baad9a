import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Digest, formatDigest, MEDIA_TYPES } from '@stowage/oci';
import { pack } from 'tar-stream';

const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

export interface Content {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly digest: Digest;
}

export interface BuiltDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
}

export interface BuiltManifest extends Content {
  readonly mediaType: string;
}

export interface Image {
  readonly manifest: BuiltManifest;
  readonly config: Content;
  readonly layers: readonly Content[];
}

export interface Index {
  readonly manifest: BuiltManifest;
  readonly images: readonly Image[];
}

export interface ImageOptions {
  readonly layers?: number;
  /** Bytes of noise in each layer. */
  readonly layerBytes?: number;
  readonly architecture?: string;
  readonly format?: 'oci' | 'docker';
}

export function digestOf(bytes: Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): Digest {
  return formatDigest(algorithm, createHash(algorithm).update(bytes).digest('hex'));
}

export function content(bytes: Uint8Array | string): Content {
  const copy = Buffer.from(bytes as Uint8Array);
  return { bytes: copy, digest: digestOf(copy) };
}

/** Bytes that no other test has. */
export function noise(size: number): Content {
  return content(randomBytes(size));
}

export async function tarOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer<ArrayBuffer>> {
  const archive = pack();
  for (const [name, bytes] of Object.entries(files)) archive.entry({ name, mtime: new Date(0) }, Buffer.from(bytes));
  archive.finalize();
  return Buffer.from(await buffer(archive));
}

/** An image with real digests; every call makes different layers. */
export async function anImage(options: ImageOptions = {}): Promise<Image> {
  const { layers: count = 2, layerBytes = 2000, architecture = 'amd64', format = 'oci' } = options;
  const tars = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      tarOf({ [`layer-${at}.bin`]: randomBytes(layerBytes), 'etc/motd': `layer ${at}\n` }),
    ),
  );
  const layers = tars.map((tar) => content(gzipSync(tar)));
  const config = content(JSON.stringify(configOf(tars, architecture)));
  const mediaType = format === 'oci' ? MEDIA_TYPES.ociManifest : MEDIA_TYPES.dockerManifest;
  const manifest = manifestOf(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: describe(config, format === 'oci' ? MEDIA_TYPES.ociConfig : MEDIA_TYPES.dockerConfig),
    layers: layers.map((layer) => describe(layer, format === 'oci' ? OCI_LAYER : DOCKER_LAYER)),
  });
  return { manifest, config, layers };
}

export async function anIndex(architectures: readonly string[], format: 'oci' | 'docker' = 'oci'): Promise<Index> {
  const images = await Promise.all(architectures.map((architecture) => anImage({ architecture, format })));
  const mediaType = format === 'oci' ? MEDIA_TYPES.ociIndex : MEDIA_TYPES.dockerManifestList;
  const manifests = images.map(({ manifest }, at) => ({
    ...describe(manifest, manifest.mediaType),
    platform: { os: 'linux', architecture: architectures[at] ?? '' },
  }));
  return { manifest: manifestOf(mediaType, { schemaVersion: 2, mediaType, manifests }), images };
}

/** Serialised with spaces, so that a registry that parses and prints again is found out. */
export function manifestOf(mediaType: string, json: object): BuiltManifest {
  return { ...content(`${JSON.stringify(json, null, 3)}\n`), mediaType };
}

export function describe({ digest, bytes }: Content, mediaType: string): BuiltDescriptor {
  return { mediaType, digest, size: bytes.length };
}

function configOf(tars: readonly Uint8Array[], architecture: string): object {
  return {
    created: '2026-01-02T03:04:05Z',
    architecture,
    os: 'linux',
    config: {
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'SHIP=stowage'],
      Entrypoint: ['/bin/hello'],
      WorkingDir: '/srv',
      ExposedPorts: { '8080/tcp': {} },
      Labels: { 'org.opencontainers.image.title': 'suite' },
    },
    rootfs: { type: 'layers', diff_ids: tars.map((tar) => digestOf(tar)) },
    history: [
      ...tars.map((_, at) => ({ created: '2026-01-02T03:04:05Z', created_by: `COPY layer-${at}.bin / # buildkit` })),
      { created: '2026-01-02T03:04:05Z', created_by: 'ENTRYPOINT ["/bin/hello"]', empty_layer: true },
    ],
  };
}
