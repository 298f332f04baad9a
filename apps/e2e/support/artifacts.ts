import { randomBytes } from 'node:crypto';
import { MEDIA_TYPES } from '@stowage/oci';
import { type BuiltManifest, type Content, content, describe, type Image, manifestOf } from './images.js';

/** image-spec, "Guidance for an Empty Descriptor". */
const EMPTY = content('{}');

export interface ArtifactOptions {
  /** What it refers to. */
  readonly subject?: BuiltManifest;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly layers?: readonly Content[];
}

/** An artifact with the empty config; every call makes another one. */
export function anArtifact(options: ArtifactOptions = {}): Image {
  const { subject, artifactType = 'application/vnd.example.note', annotations = {}, layers = [EMPTY] } = options;
  const manifest = manifestOf(MEDIA_TYPES.ociManifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    artifactType,
    config: { ...describe(EMPTY, MEDIA_TYPES.ociEmpty), data: 'e30=' },
    layers: layers.map((layer) => describe(layer, layer === EMPTY ? MEDIA_TYPES.ociEmpty : 'application/octet-stream')),
    ...(subject === undefined ? {} : { subject: describe(subject, subject.mediaType) }),
    annotations: { 'org.example.unique': randomBytes(8).toString('hex'), ...annotations },
  });
  return { manifest, config: EMPTY, layers: layers.filter((layer) => layer !== EMPTY) };
}
