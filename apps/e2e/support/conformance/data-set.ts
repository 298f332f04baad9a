import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Digest, MEDIA_TYPES } from '@stowage/oci';
import { type BuiltDescriptor, type BuiltManifest, type Content, digestOf } from '../images.js';

export type Algorithm = 'sha256' | 'sha512';

/** A manifest as it is expected in the referrers of its subject (distribution-spec, "Listing Referrers"). */
export interface ExpectedReferrer extends BuiltDescriptor {
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface ImageParts {
  /** Bytes of the layers; two of noise when absent. */
  readonly layers?: readonly Buffer<ArrayBuffer>[];
  readonly layerType?: string;
  readonly config?: { readonly bytes: Buffer<ArrayBuffer>; readonly mediaType: string };
  /** Descriptors of layers that are not pushed, before those that are. */
  readonly foreign?: readonly object[];
  /** Puts the bytes of config and layers into their descriptors as well. */
  readonly inline?: boolean;
}

/** Members of the manifest besides its content; `tag` is what it gets. */
export interface Extra {
  readonly tag?: string;
  readonly subject?: BuiltDescriptor;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** Content of one kind, in the order that it has to be pushed: blobs, then manifests with children first, then tags. */
export class DataSet {
  readonly blobs: Content[] = [];
  readonly manifests: BuiltManifest[] = [];
  readonly tags = new Map<string, BuiltManifest>();
  readonly referrers = new Map<Digest, ExpectedReferrer[]>();

  constructor(readonly algorithm: Algorithm = 'sha256') {}

  image(parts: ImageParts = {}, extra: Extra = {}): BuiltManifest {
    const { layers = [gzipSync(randomBytes(900)), gzipSync(randomBytes(1100))], foreign = [], inline = false } = parts;
    const config = parts.config ?? { bytes: platformConfig(layers.length), mediaType: MEDIA_TYPES.ociConfig };
    const describe = (bytes: Buffer<ArrayBuffer>, mediaType: string): object => ({
      ...this.#blob(bytes, mediaType),
      ...(inline ? { data: bytes.toString('base64') } : {}),
    });
    return this.#manifest(MEDIA_TYPES.ociManifest, extra, config.mediaType, {
      config: describe(config.bytes, config.mediaType),
      layers: [...foreign, ...layers.map((bytes) => describe(bytes, parts.layerType ?? LAYER))],
    });
  }

  index(children: readonly BuiltManifest[], extra: Extra = {}): BuiltManifest {
    const manifests = children.map((child, at) => ({
      ...descriptorOf(child),
      ...(child.mediaType === MEDIA_TYPES.ociManifest
        ? { platform: { os: 'linux', architecture: at === 0 ? 'amd64' : 'arm64' } }
        : {}),
    }));
    return this.#manifest(MEDIA_TYPES.ociIndex, extra, undefined, { manifests });
  }

  /** The tags that are to point at it. */
  tagsOf(manifest: BuiltManifest): string[] {
    return [...this.tags].filter(([, { digest }]) => digest === manifest.digest).map(([tag]) => tag);
  }

  #blob(bytes: Buffer<ArrayBuffer>, mediaType: string): BuiltDescriptor {
    const blob = { bytes, digest: digestOf(bytes, this.algorithm) };
    if (!this.blobs.some(({ digest }) => digest === blob.digest)) this.blobs.push(blob);
    return { mediaType, digest: blob.digest, size: bytes.length };
  }

  #manifest(mediaType: string, extra: Extra, configType: string | undefined, members: object): BuiltManifest {
    const { tag, ...own } = extra;
    const bytes = Buffer.from(`${JSON.stringify({ schemaVersion: 2, mediaType, ...members, ...own }, null, 3)}\n`);
    const manifest = { bytes, digest: digestOf(bytes, this.algorithm), mediaType };
    this.manifests.push(manifest);
    if (tag !== undefined) this.tags.set(tag, manifest);
    if (own.subject) this.#refer(own.subject.digest, manifest, own, configType);
    return manifest;
  }

  #refer(subject: Digest, manifest: BuiltManifest, own: Extra, configType: string | undefined): void {
    const artifactType = own.artifactType ?? configType;
    const referrer = {
      ...descriptorOf(manifest),
      ...(artifactType === undefined ? {} : { artifactType }),
      ...(own.annotations === undefined ? {} : { annotations: own.annotations }),
    };
    this.referrers.set(subject, [...(this.referrers.get(subject) ?? []), referrer]);
  }
}

export function descriptorOf(manifest: BuiltManifest): BuiltDescriptor {
  return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}

/** The member keeps configs of different images apart. */
function platformConfig(layers: number): Buffer<ArrayBuffer> {
  const diffIds = Array.from({ length: layers }, () => digestOf(randomBytes(32)));
  const config = { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } };
  return Buffer.from(JSON.stringify({ ...config, author: randomBytes(8).toString('hex') }));
}
