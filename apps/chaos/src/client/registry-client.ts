import type { History } from '../history/history.js';
import type { Operation, Request } from '../history/operation.js';
import type { Random } from '../random.js';
import { exchange } from './exchange.js';
import { readAnswer } from './read-answer.js';
import type { TokenSource } from './token-source.js';

/** How long a client waits for an answer: less than some replicas are stopped for. */
const [LEAST_PATIENCE_MS, MOST_PATIENCE_MS] = [2_000, 8_000];
/** Of the requests, how many lose their client once they are sent, and how many in the middle of the body. */
const HANGS_UP = 0.02;
const HANGS_UP_EARLY = 0.2;
const LINGERS_MS = 30;
/** Of one that is in no hurry, on a machine that may be busy. */
const UNHURRIED_MS = 60_000;

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
  /** Chooses the replica of each request, who hangs up and who gives up. Without it, the first replica is asked to the end. */
  readonly random?: Random;
}

/** One client: sends a request to any of the replicas, and notes what came of it. Never throws for an answer. */
export class RegistryClient {
  constructor(private readonly options: RegistryClientOptions) {}

  async send(request: Request, wire: Wire): Promise<Operation> {
    const { process, history, tokens, random } = this.options;
    const [index, replica] = this.#choose();
    const authorization = await tokens.authorization();
    const headers = { ...wire.headers, authorization };
    const departure = this.#departure(wire.body?.length ?? 0);
    const timeoutMs = random?.between(LEAST_PATIENCE_MS, MOST_PATIENCE_MS) ?? UNHURRIED_MS;
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
    const afterMs = random.between(0, LINGERS_MS);
    return isLeaving ? { afterBytes: isEarly ? Math.floor(bytes * share) : bytes, afterMs } : undefined;
  }
}
