import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { isAvailable, reportSkip } from './clients.js';
import { type CommandOptions, type CommandResult, findCommand, run, runOk } from './command.js';
import { poll } from './poll.js';

/** A Docker engine of the suite's own: no bridge, no firewall rules, everything below one folder. */
export class DockerEngine {
  private constructor(
    private readonly daemon: ChildProcess,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Throws with the daemon's last lines when it does not come up. */
  static async start(folder: string): Promise<DockerEngine> {
    const socket = `unix://${path.join(folder, 'docker.sock')}`;
    mkdirSync(path.join(folder, 'config'), { recursive: true });
    const args = [
      '--iptables=false',
      '--bridge=none',
      '--storage-driver=vfs',
      `--data-root=${path.join(folder, 'data')}`,
      `--exec-root=${path.join(folder, 'exec')}`,
      `--pidfile=${path.join(folder, 'docker.pid')}`,
      `--host=${socket}`,
    ];
    const daemon = spawn(findCommand('dockerd') ?? 'dockerd', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    daemon.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-2000);
    });
    const env = { DOCKER_HOST: socket, DOCKER_CONFIG: path.join(folder, 'config'), DOCKER_BUILDKIT: '0' };
    const engine = new DockerEngine(daemon, env);
    const what = 'dockerd to answer';
    await poll(
      async () => {
        if (daemon.exitCode !== null) throw new Error(`dockerd ended: ${log}`);
        return (await engine.try(['version'])).code === 0 ? true : undefined;
      },
      { timeoutMs: 60_000, what },
    );
    return engine;
  }

  async try(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return run('docker', args, { ...options, env: this.env });
  }

  async run(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return runOk('docker', args, { ...options, env: this.env });
  }

  async stop(): Promise<void> {
    if (this.daemon.exitCode !== null) return;
    const exited = once(this.daemon, 'exit');
    this.daemon.kill('SIGTERM');
    await exited;
  }
}

/** Undefined where there can be none; the skip has been reported. */
export async function startDockerEngine(folder: string): Promise<DockerEngine | undefined> {
  if (!isAvailable('docker', ['dockerd', 'docker'], { root: true })) return undefined;
  try {
    return await DockerEngine.start(folder);
  } catch (error) {
    reportSkip('docker', `the engine does not start here: ${String(error).trim().split('\n').at(-1)}`);
    return undefined;
  }
}
