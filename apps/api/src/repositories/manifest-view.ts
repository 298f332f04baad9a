import type { ConfigView, LayerView, ManifestChild, ManifestView } from '@stowage/contracts';
import type { ManifestListing } from '@stowage/metadata';
import { type BuildStep, type Descriptor, type ImageConfig, type Manifest, pairLayersWithHistory } from '@stowage/oci';
import { platformOf } from './stored-manifest.js';

/** How builders say which manifest an attestation speaks of. */
const ATTESTS = 'vnd.docker.reference.digest';

export interface ManifestParts {
  readonly row: ManifestListing;
  readonly manifest: Manifest;
  readonly config: ImageConfig | undefined;
  /** Bytes of the index's children, by digest. */
  readonly childSizes: ReadonlyMap<string, number>;
}

export function toManifestView({ row, manifest, config, childSizes }: ManifestParts): ManifestView {
  const isImage = manifest.kind === 'image';
  return {
    digest: row.digest,
    mediaType: row.mediaType,
    kind: row.kind,
    artifactType: row.artifactType,
    sizeBytes: row.sizeBytes,
    manifestBytes: row.payload.length,
    platform: row.platform,
    annotations: { ...manifest.annotations },
    layers: isImage ? pairLayersWithHistory(manifest.layers, config).map(toLayer) : [],
    config: config ? toConfig(config) : null,
    configDigest: isImage ? manifest.config.digest : null,
    children: isImage ? [] : manifest.manifests.map((child) => toChild(child, childSizes)),
    tags: [...row.tags],
    pushedAt: row.pushedAt.toISOString(),
    pushedBy: row.pushedBy,
  };
}

function toLayer({ layer, createdBy, created }: BuildStep): LayerView {
  return {
    digest: layer?.digest ?? null,
    mediaType: layer?.mediaType ?? null,
    sizeBytes: layer?.size ?? 0,
    createdBy: createdBy ?? null,
    created: created ?? null,
  };
}

function toChild(child: Descriptor, sizes: ReadonlyMap<string, number>): ManifestChild {
  return {
    digest: child.digest,
    mediaType: child.mediaType,
    platform: platformOf(child) ?? null,
    sizeBytes: sizes.get(child.digest) ?? child.size,
    attestationFor: child.annotations?.[ATTESTS] ?? null,
  };
}

function toConfig({ created, author, config }: ImageConfig): ConfigView {
  const { User, WorkingDir, Entrypoint, Cmd, Env, ExposedPorts, Volumes, Labels } = config ?? {};
  return {
    created: orNull(created),
    author: orNull(author),
    user: orNull(User),
    workingDir: orNull(WorkingDir),
    entrypoint: orEmpty(Entrypoint),
    cmd: orEmpty(Cmd),
    env: orEmpty(Env),
    exposedPorts: keysOf(ExposedPorts),
    volumes: keysOf(Volumes),
    labels: { ...Labels },
  };
}

/** Builders write "not set" as null, as an empty text, or not at all. */
function orNull(text: string | null | undefined): string | null {
  return text || null;
}

function orEmpty(list: string[] | null | undefined): string[] {
  return list ?? [];
}

function keysOf(members: Record<string, unknown> | null | undefined): string[] {
  return Object.keys(members ?? {});
}
