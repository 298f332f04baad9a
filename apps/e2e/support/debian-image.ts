import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { MEDIA_TYPES } from '@stowage/oci';
import { content, describe, digestOf, type Image, manifestOf, tarOf } from './images.js';
import type { Rootfs } from './rootfs.js';

/** The root file system and one small layer on top as an OCI image; a note makes its digests this run's own. */
export async function imageOfRootfs(rootfs: Rootfs, note: string): Promise<Image> {
  const top = await tarOf({ 'etc/stowage-note': note });
  const tars = [...rootfs.layers.map((file) => readFileSync(file)), top];
  const layers = tars.map((tar) => content(gzipSync(tar, { level: 1 })));
  const config = content(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Cmd: ['/bin/sh'], Env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin'] },
      rootfs: { type: 'layers', diff_ids: tars.map((tar) => digestOf(tar)) },
      history: tars.map((_, at) => ({ created: '2026-01-02T03:04:05Z', created_by: `ADD layer ${at} /` })),
    }),
  );
  const manifest = manifestOf(MEDIA_TYPES.ociManifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: describe(config, MEDIA_TYPES.ociConfig),
    layers: layers.map((layer) => describe(layer, 'application/vnd.oci.image.layer.v1.tar+gzip')),
  });
  return { manifest, config, layers };
}
