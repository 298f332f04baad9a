import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAvailable, reportSkip } from './clients.js';
import { type CommandResult, findCommand, run } from './command.js';
import { poll } from './poll.js';

/** A containerd of the suite's own, below one folder. */
export class Containerd {
  private constructor(
    private readonly daemon: ChildProcess,
    private readonly address: string,
  ) {}

  /** Throws with the daemon's last lines when it does not come up. */
  static async start(folder: string): Promise<Containerd> {
    mkdirSync(folder, { recursive: true });
    const config = path.join(folder, 'config.toml');
    const address = path.join(folder, 'containerd.sock');
    writeFileSync(config, 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n');
    const args = ['--config', config, '--root', path.join(folder, 'root'), '--state', path.join(folder, 'state')];
    const command = findCommand('containerd') ?? 'containerd';
    const daemon = spawn(command, [...args, '--address', address], { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    daemon.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-2000);
    });
    const containerd = new Containerd(daemon, address);
    await poll(
      async () => {
        if (daemon.exitCode !== null) throw new Error(`containerd ended: ${log}`);
        return (await containerd.ctr(['version'])).code === 0 ? true : undefined;
      },
      { timeoutMs: 60_000, what: 'containerd to answer' },
    );
    return containerd;
  }

  async ctr(args: readonly string[]): Promise<CommandResult> {
    return run('ctr', ['--address', this.address, ...args]);
  }

  async stop(): Promise<void> {
    if (this.daemon.exitCode !== null) return;
    const exited = once(this.daemon, 'exit');
    this.daemon.kill('SIGTERM');
    await exited;
  }
}

/** Undefined where there can be none; the skip has been reported. */
export async function startContainerd(folder: string): Promise<Containerd | undefined> {
  if (!isAvailable('containerd', ['containerd', 'ctr'], { root: true })) return undefined;
  try {
    return await Containerd.start(folder);
  } catch (error) {
    reportSkip('containerd', `it does not start here: ${String(error).trim().split('\n').at(-1)}`);
    return undefined;
  }
}
