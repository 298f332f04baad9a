import { RegistryClient, type Replica } from '../client/registry-client.js';
import { RepositoryClient } from '../client/repository-client.js';
import type { TokenSource } from '../client/token-source.js';
import type { History } from '../history/history.js';
import { Random } from '../random.js';
import { takeTurn, TURNS } from './client-turns.js';
import type { Ledger } from './ledger.js';
import { type Shelf, tagsOf } from './shelf.js';

/** Of deletions and pulls, how many are of what this client has pushed. */
const KNOWN = 0.8;

export interface ClientsAtWork {
  readonly seed: number;
  readonly shelf: Shelf;
  readonly history: History;
  readonly ledger: Ledger;
  readonly replicas: readonly Replica[];
  /** Of some users; clients share them. */
  readonly tokens: readonly TokenSource[];
  readonly isOver: () => boolean;
}

/** One client for each of the shelf's, at work until `isOver`. They wait for every answer: what is unknown proves nothing. */
export async function driveClients(work: ClientsAtWork): Promise<void> {
  await Promise.all(work.shelf.images.map((_, client) => runClient(client, work)));
}

async function runClient(client: number, work: ClientsAtWork): Promise<void> {
  const { seed, shelf, history, ledger, isOver } = work;
  const random = new Random(seed, 'client', client);
  const tokens = work.tokens[client % work.tokens.length];
  const images = shelf.images[client];
  if (!tokens || !images) throw new RangeError('no user, or nothing to push');
  while (!isOver()) {
    const replica = random.pick(work.replicas);
    const registry = new RegistryClient({ process: client, history, replicas: [replica], tokens });
    const kind = random.weighted(TURNS);
    const drawn = {
      repository: random.pick(shelf.repositories),
      tag: random.pick(tagsOf(client)),
      image: random.pick(images),
    };
    const known = kind === 'push' ? [] : ledger.tagged(tagsOf(client));
    // What is deleted or pulled is mostly there; now and then it is not, which has to be answered as well.
    const { repository, tag, image } = known.length > 0 && random.chance(KNOWN) ? random.pick(known) : drawn;
    await takeTurn(kind, { repository: new RepositoryClient(registry, repository), shelf, image, tag, random, ledger });
  }
}
