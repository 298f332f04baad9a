import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { now } from '../clock.js';
import type { Answer, Operation, Outcome, Request } from './operation.js';

export interface Completion {
  readonly type: Outcome;
  readonly answer?: Answer;
  readonly reason?: string;
}

/** Everything that clients did, in memory for the checks and as JSON lines for people. */
export class History {
  readonly operations: Operation[] = [];
  readonly #file: WriteStream;

  constructor(path: string) {
    this.#file = createWriteStream(path);
  }

  /** Notes the request before it is sent; call what comes back once, with what came of it. */
  invoke(process: number, replica: number, request: Request): (completion: Completion) => Operation {
    const tStart = now();
    this.#write({ process, type: 'invoke', replica, ...request, tStart });
    return (completion) => {
      const operation: Operation = { process, replica, ...request, ...completion, tStart, tEnd: now() };
      this.operations.push(operation);
      this.#write(operation);
      return operation;
    };
  }

  /** Something besides requests, for whoever reads the file. */
  note(line: object): void {
    this.#write(line);
  }

  async close(): Promise<void> {
    this.#file.end();
    await once(this.#file, 'close');
  }

  #write(line: object): void {
    this.#file.write(`${JSON.stringify(line)}\n`);
  }
}
