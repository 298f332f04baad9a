import { parseRepositoryName, parseTagName, type RepositoryName, type TagName } from '@stowage/oci';
import { type Artifact, configOf, imageOf } from '../content/artifact.js';
import { type Blob, blobOf } from '../content/blob.js';
import { Random } from '../random.js';

const LAYERS = 6;
const SMALLEST = 1_000;
const LARGEST = 400_000;
const IMAGES_OF_A_CLIENT = 3;
const TAGS_OF_A_CLIENT = 2;

export const NAMESPACES = ['first', 'second'] as const;

/** What all clients push: the same few layers, each in images that are its own. */
export interface Shelf {
  readonly repositories: readonly RepositoryName[];
  readonly layers: readonly Blob[];
  /** By client. A config of its own makes each image one client's, so that only this client decides what its tags are. */
  readonly images: readonly (readonly Artifact[])[];
}

/** Only the seed decides. */
export function makeShelf(seed: number, clients: number): Shelf {
  const random = new Random(seed, 'shelf');
  const layers = Array.from({ length: LAYERS }, () => blobOf(random.bytes(random.between(SMALLEST, LARGEST))));
  const imagesOf = (client: number) =>
    Array.from({ length: IMAGES_OF_A_CLIENT }, (_, index) =>
      imageOf(configOf(`client ${client}, image ${index}`), random.sample(layers, random.between(1, 4))),
    );
  const [first, second] = NAMESPACES;
  return {
    repositories: [`${first}/app`, `${first}/team/base`, `${second}/app`].map((name) => parseRepositoryName(name)),
    layers,
    images: Array.from({ length: clients }, (_, client) => imagesOf(client)),
  };
}

export function tagsOf(client: number): TagName[] {
  return Array.from({ length: TAGS_OF_A_CLIENT }, (_, index) => parseTagName(`client${client}-${index}`));
}
