import type { Digest, RepositoryName, TagName } from '@stowage/oci';
import { RegistryClient, type Replica } from '../client/registry-client.js';
import { RepositoryClient } from '../client/repository-client.js';
import type { TokenSource } from '../client/token-source.js';
import type { Artifact } from '../content/artifact.js';
import type { Universe } from '../content/universe.js';
import type { History } from '../history/history.js';
import type { Operation } from '../history/operation.js';
import type { Check } from './check.js';

/** Walkers are no clients: their numbers begin here. */
const FIRST_WALKER = 1_000;

export interface Walk {
  readonly universe: Universe;
  readonly history: History;
  readonly replicas: readonly Replica[];
  readonly tokens: TokenSource;
}

/**
 * I1, I2, I4: at the end, every replica gives every tag with all that it references. Asks for all manifests and blobs as well,
 * there or not: what was acknowledged is held against the answers, as reads of their registers.
 */
export async function walk(walk: Walk): Promise<Check> {
  const violations: string[] = [];
  let count = 0;
  for (const [index, replica] of walk.replicas.entries()) {
    const client = new RegistryClient({
      ...walk,
      process: FIRST_WALKER + index,
      replicas: [replica],
    });
    for (const { name } of walk.universe.repositories) {
      const walker = new Walker(new RepositoryClient(client, name), walk.universe);
      await walker.run();
      count += walker.pulled;
      violations.push(...walker.violations.map((violation) => `registry ${index}: ${violation}`));
    }
  }
  const name = 'every tag and manifest can be pulled whole, from every replica (I1, I2)';
  return { name, summary: `${count} pulls`, violations };
}

/** One repository, as one replica shows it. */
class Walker {
  readonly violations: string[] = [];
  pulled = 0;
  readonly #artifacts: ReadonlyMap<Digest, Artifact>;
  readonly #found = new Map<string, Promise<boolean>>();

  constructor(
    private readonly repository: RepositoryClient,
    private readonly universe: Universe,
  ) {
    this.#artifacts = new Map(universe.artifacts.map((artifact) => [artifact.digest, artifact]));
  }

  async run(): Promise<void> {
    const listed = await this.repository.listTags();
    if (listed.type !== 'ok') this.violations.push(`tags of ${this.repository.name}: ${answerOf(listed)}`);
    for (const tag of this.universe.tags) await this.#readTag(tag, listed.answer?.tags ?? []);
    for (const { digest } of this.universe.artifacts) {
      const { answer } = await this.repository.getManifest({ digest });
      if (answer?.status === 200) await this.#pull(digest, this.repository.name);
    }
    for (const { digest } of this.universe.blobs) await this.repository.getBlob(digest, 'HEAD');
  }

  async #readTag(tag: TagName, listed: readonly TagName[]): Promise<void> {
    const read = await this.repository.getManifest({ tag });
    const where = `${this.repository.name}:${tag}`;
    if (read.answer?.digest !== undefined) await this.#pull(read.answer.digest, where);
    else if (read.answer?.status !== 404 || listed.includes(tag)) this.violations.push(`${where}: ${answerOf(read)}`);
  }

  async #pull(digest: Digest, from: RepositoryName | string): Promise<void> {
    this.pulled += 1;
    const artifact = this.#artifacts.get(digest);
    if (!artifact) return void this.violations.push(`${from} is ${digest}, which nobody has pushed`);
    for (const child of artifact.children) {
      await this.#expect(`${from} → manifest ${child.digest}`, () =>
        this.repository.getManifest({ digest: child.digest }),
      );
      await this.#pull(child.digest, `${from} → ${child.digest}`);
    }
    for (const blob of artifact.blobs) {
      await this.#expect(`${from} → blob ${blob.digest}`, () => this.repository.getBlob(blob.digest));
    }
  }

  /** Each thing is asked for once a repository, however many need it. */
  async #expect(what: string, ask: () => Promise<Operation>): Promise<void> {
    const key = what.split(' → ').at(-1) ?? what;
    let found = this.#found.get(key);
    if (!found) {
      found = ask().then(({ answer }) => answer?.status === 200 && answer.damage === undefined);
      this.#found.set(key, found);
    }
    if (!(await found)) this.violations.push(`${what} is not there`);
  }
}

function answerOf({ answer, reason }: Operation): string {
  return `${answer?.status ?? reason} ${answer?.text ?? ''}`;
}
