import { parseRepositoryName, parseTagName, type RepositoryName, type TagName } from '@stowage/oci';
import { Random } from '../random.js';
import { type Artifact, configOf, imageOf, indexOf } from './artifact.js';
import { type Blob, blobOf } from './blob.js';

const SMALLEST = 1_000;
const LARGEST = 2 * 1024 * 1024;
const LAYERS = 14;
const CONFIGS = 6;
const IMAGES = 12;
const INDEXES = 4;
const TAGS = 10;
/** Of the images and indexes, what is pushed to one repository: the rest is asked for there, and must never be found. */
const SHARE_OF_A_REPOSITORY = 0.7;

/** Names of the two namespaces; pushes to the second one are refused now and then. */
export const NAMESPACES = { roomy: 'roomy', tight: 'tight' } as const;

/** Everything that a run pushes, and where. Few enough that clients meet all the time. */
export interface Universe {
  readonly repositories: readonly Repository[];
  readonly tags: readonly TagName[];
  readonly blobs: readonly Blob[];
  readonly artifacts: readonly Artifact[];
}

export interface Repository {
  readonly name: RepositoryName;
  /** What is pushed here, and with it its blobs. */
  readonly artifacts: readonly Artifact[];
  readonly blobs: readonly Blob[];
}

/** Only the seed decides. */
export function makeUniverse(seed: number): Universe {
  const random = new Random(seed, 'universe');
  const layers = Array.from({ length: LAYERS }, () => blobOf(random.bytes(sizeOf(random))));
  const configs = Array.from({ length: CONFIGS }, (_, index) => configOf(`seed ${seed}, config ${index}`));
  const images = Array.from({ length: IMAGES }, (_, index) =>
    imageOf(configs[index % CONFIGS] ?? random.pick(configs), random.sample(layers, random.between(1, 4))),
  );
  const indexes = Array.from({ length: INDEXES }, () => indexOf(random.sample(images, random.between(2, 3))));
  const artifacts = [...images, ...indexes];
  const names = [`${NAMESPACES.roomy}/app`, `${NAMESPACES.roomy}/team/base`, `${NAMESPACES.tight}/app`];
  return {
    repositories: names.map((name) => repositoryOf(parseRepositoryName(name), random, artifacts)),
    tags: Array.from({ length: TAGS }, (_, index) => parseTagName(`v${index}`)),
    blobs: [...layers, ...configs],
    artifacts,
  };
}

/** As many small ones as large ones. */
function sizeOf(random: Random): number {
  return Math.round(SMALLEST * (LARGEST / SMALLEST) ** random.fraction());
}

function repositoryOf(name: RepositoryName, random: Random, all: readonly Artifact[]): Repository {
  const pushed = random.sample(all, Math.round(all.length * SHARE_OF_A_REPOSITORY));
  const images = pushed.flatMap((artifact) => (artifact.children.length > 0 ? artifact.children : [artifact]));
  const blobs = new Map(images.flatMap((image) => image.blobs).map((blob) => [blob.digest, blob]));
  return { name, artifacts: pushed, blobs: [...blobs.values()] };
}
