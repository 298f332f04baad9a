import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CommandResult, run, runOk } from './command.js';
import type { Credentials } from './token-service.js';

/** podman with its whole state below one folder. */
export class Podman {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.#authFile, '{}');
  }

  async try(args: readonly string[]): Promise<CommandResult> {
    return run('podman', [...this.#globals(), ...args], { env: this.#env() });
  }

  async run(args: readonly string[]): Promise<string> {
    return runOk('podman', [...this.#globals(), ...args], { env: this.#env() });
  }

  /** Pulls and says which digest podman computed. */
  async pull(image: string, credentials?: Credentials): Promise<string> {
    const creds = credentials ? [`--creds=${credentials.username}:${credentials.secret}`] : [];
    await this.run(['pull', '--quiet', '--tls-verify=false', ...creds, `docker://${image}`]);
    return (await this.run(['image', 'inspect', '--format={{.Digest}}', image])).trim();
  }

  #globals(): string[] {
    return [
      '--storage-driver=vfs',
      `--root=${path.join(this.folder, 'root')}`,
      `--runroot=${path.join(this.folder, 'run')}`,
      `--tmpdir=${path.join(this.folder, 'tmp')}`,
    ];
  }

  #env(): Record<string, string> {
    return { REGISTRY_AUTH_FILE: this.#authFile };
  }

  get #authFile(): string {
    return path.join(this.folder, 'auth.json');
  }
}
