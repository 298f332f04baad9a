import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type EventLoopDelays, PROBE_FILE_VARIABLE, PROBE_SIGNAL } from './event-loop-delays.js';

const PRELOADED = fileURLToPath(new URL('./report-event-loop.js', import.meta.url));
const ANSWER_TIMEOUT_MS = 30_000;

/** Asks a server that was started with `environment` how late its event loop has been. */
export class EventLoopProbe {
  readonly #file: string;
  #pid = 0;

  /** `file` is where the server answers. */
  constructor(file: string) {
    this.#file = file;
  }

  get environment(): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--import=${PRELOADED}`, [PROBE_FILE_VARIABLE]: this.#file };
  }

  watch(pid: number): void {
    this.#pid = pid;
  }

  /** What it has seen since it was asked the last time. */
  async takeDelays(): Promise<EventLoopDelays> {
    await rm(this.#file, { force: true });
    process.kill(this.#pid, PROBE_SIGNAL);
    for (const deadline = Date.now() + ANSWER_TIMEOUT_MS; Date.now() < deadline; await delay(50)) {
      const answer = await readFile(this.#file, 'utf8').catch(() => undefined);
      if (answer !== undefined) return JSON.parse(answer) as EventLoopDelays;
    }
    throw new Error(`the server does not tell its event-loop delays within ${ANSWER_TIMEOUT_MS / 1000} s`);
  }
}
