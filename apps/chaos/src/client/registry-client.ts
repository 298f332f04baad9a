import type { History } from '../history/history.js';
import type { Operation, Request } from '../history/operation.js';
import type { Random } from '../random.js';
import { exchange } from './exchange.js';
import { readAnswer } from './read-answer.js';
import type { TokenSource } from './token-source.js';

const TIMEOUT_MS = 8_000;
/** Of the requests, how many lose their client once they are sent, and how many in the middle of the body. */
const HANGS_UP = 0.02;
const HANGS_UP_EARLY = 0.2;
const PATIENCE_MS = 30;

/** A replica as its clients know it. */
export interface Replica {
  /** Changes with each start. */
  readonly url: string;
}

export interface Wire {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface RegistryClientOptions {
  readonly process: number;
  readonly history: History;
  readonly replicas: readonly Replica[];
  readonly tokens: TokenSource;
  /** Chooses the replica of each request, and who hangs up. Without it, the first replica is asked to the end. */
  readonly random?: Random;
  /** How long it waits for an answer; less than a stopped replica is stopped at most, so that clients give up on one. */
  readonly timeoutMs?: number;
}

/** One client: sends a request to any of the replicas, and notes what came of it. Never throws for an answer. */
export class RegistryClient {
  constructor(private readonly options: RegistryClientOptions) {}

  async send(request: Request, wire: Wire): Promise<Operation> {
    const { process, history, tokens, timeoutMs = TIMEOUT_MS } = this.options;
    const [index, replica] = this.#choose();
    const authorization = await tokens.authorization();
    const headers = { ...wire.headers, authorization };
    const departure = this.#departure(wire.body?.length ?? 0);
    const complete = history.invoke(process, index, request);
    const url = new URL(wire.path, replica.url);
    const outcome = await exchange({ ...wire, url, headers, departure, timeoutMs });
    if (outcome.kind === 'refused') return complete({ type: 'fail', reason: 'nobody listens' });
    if (outcome.kind === 'lost') return complete({ type: 'info', reason: outcome.reason });
    return complete(readAnswer(request, outcome));
  }

  #choose(): [number, Replica] {
    const { random, replicas } = this.options;
    const index = random?.between(0, replicas.length - 1) ?? 0;
    const replica = replicas[index];
    if (!replica) throw new RangeError('no replica');
    return [index, replica];
  }

  /** Drawn for every request, so that the draws after it don't depend on it. */
  #departure(bytes: number) {
    const { random } = this.options;
    if (!random) return undefined;
    const [isLeaving, isEarly, share] = [random.chance(HANGS_UP), random.chance(HANGS_UP_EARLY), random.fraction()];
    const afterMs = random.between(0, PATIENCE_MS);
    return isLeaving ? { afterBytes: isEarly ? Math.floor(bytes * share) : bytes, afterMs } : undefined;
  }
}
