import type { RepositoryName, TagName } from '@stowage/oci';
import type { Artifact } from '../content/artifact.js';

export interface Entry {
  readonly repository: RepositoryName;
  readonly tag: TagName;
  /** Undefined: acknowledged as deleted. */
  readonly image: Artifact | undefined;
}

/** What was acknowledged of each tag, by the one client that writes it. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** Answers that break a promise, as they come. */
  readonly violations: string[] = [];
  /** Pushes that were told to bring a blob again which they had been told was there. */
  blobsUnknown = 0;
  pulls = 0;

  set(entry: Entry): void {
    this.#entries.set(`${entry.repository}:${entry.tag}`, entry);
  }

  /** A request had no answer: nobody knows. */
  forget({ repository, tag }: Omit<Entry, 'image'>): void {
    this.#entries.delete(`${repository}:${tag}`);
  }

  entries(): Entry[] {
    return [...this.#entries.values()];
  }

  /** Those of these tags that point at something. */
  tagged(tags: readonly TagName[]): (Entry & { readonly image: Artifact })[] {
    return this.entries().flatMap((entry) =>
      entry.image && tags.includes(entry.tag) ? [{ ...entry, image: entry.image }] : [],
    );
  }

  /** The tags in a repository that point at the image. */
  tagsOn(repository: RepositoryName, image: Artifact): Entry[] {
    return this.entries().filter((entry) => entry.repository === repository && entry.image?.digest === image.digest);
  }
}
