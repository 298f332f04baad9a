import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, runOk } from '../command.js';

export interface Container {
  readonly namespace: string;
  readonly address: string;
}

/**
 * What a network of containers is to the processes in it, without their images: each has an interface, an address and ports
 * of its own, and finds the others by their services' names. Needs root, and Linux with network namespaces.
 */
export class ContainerNetwork {
  readonly #id = `sw${randomBytes(3).toString('hex')}`;
  readonly #subnet = `10.${randomInt(64, 255)}.${randomInt(256)}`;
  readonly #hosts: string;
  readonly #containers: Container[] = [];
  #names = '127.0.0.1 localhost\n';

  private constructor(folder: string) {
    this.#hosts = path.join(folder, 'hosts');
    writeFileSync(this.#hosts, this.#names);
  }

  /** Throws where there can be none. */
  static async create(folder: string): Promise<ContainerNetwork> {
    const network = new ContainerNetwork(folder);
    await ip('link', 'add', network.#id, 'type', 'bridge');
    try {
      await ip('address', 'add', `${network.#subnet}.1/24`, 'dev', network.#id);
      await ip('link', 'set', network.#id, 'up');
      await network.add('probe');
    } catch (error) {
      await network.remove();
      throw error;
    }
    return network;
  }

  /** A container of a service; several of one service share its name. */
  async add(service: string): Promise<Container> {
    const number = this.#containers.length + 2;
    const [namespace, address] = [`${this.#id}-${number}`, `${this.#subnet}.${number}`];
    const outside = this.#outside(number);
    this.#containers.push({ namespace, address }); // at once: others may be added meanwhile
    await ip('netns', 'add', namespace);
    await ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    await ip('link', 'set', outside, 'master', this.#id, 'up');
    await ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0');
    for (const device of ['lo', 'eth0']) await ip('-n', namespace, 'link', 'set', device, 'up');
    this.#names += `${address} ${service}\n`;
    // In place: whoever runs already sees this very file.
    writeFileSync(this.#hosts, this.#names);
    return { namespace, address };
  }

  /** The process that comes back is the command itself, and leads a group of its own. */
  spawn({ namespace }: Container, command: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
    const enter = ['netns', 'exec', namespace, 'unshare', '--mount', '--propagation=private'];
    const withNames = ['sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', this.#hosts];
    return spawn('ip', [...enter, ...withNames, ...command], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  }

  async remove(): Promise<void> {
    for (const [index, { namespace }] of this.#containers.entries()) {
      await run('ip', ['netns', 'delete', namespace]);
      await run('ip', ['link', 'delete', this.#outside(index + 2)]);
    }
    await run('ip', ['link', 'delete', this.#id]);
  }

  /** The end of a container's cable that is on the bridge. */
  #outside(number: number): string {
    return `${this.#id}v${number}`;
  }
}

async function ip(...args: string[]): Promise<void> {
  await runOk('ip', args);
}
