import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Memory and open files of a process, as Linux tells them (proc(5)). */
export class ProcessGauge {
  constructor(private readonly pid: number) {}

  /** Starts to watch for a new peak; the answer is what the process has in memory just now, in MiB. */
  resetPeak(): number {
    writeFileSync(`/proc/${this.pid}/clear_refs`, '5');
    return this.#status('VmRSS');
  }

  /** The most that it has had in memory since then, in MiB. */
  peak(): number {
    return this.#status('VmHWM');
  }

  openFiles(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  #status(name: string): number {
    const text = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const kibibytes = Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
    if (Number.isNaN(kibibytes)) throw new Error(`no ${name} of process ${this.pid}`);
    return Math.round(kibibytes / 1024);
  }
}
