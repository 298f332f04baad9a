import { execFile } from 'node:child_process';
import { chmod, chown, readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { childEnvironment } from './child-environment.js';
import { PostgresStartError } from './postgres-errors.js';

const run = promisify(execFile);

/** As whom PostgreSQL runs. Its files belong to `owner`, seen from here. */
export interface Identity {
  /** Put in front of the program: it replaces itself by the program, so that the child's pid is the server's. */
  readonly prefix: readonly string[];
  readonly credentials: { readonly uid: number; readonly gid: number } | undefined;
  readonly owner: { readonly uid: number; readonly gid: number };
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run with the effective user 0. Started by root, it gets the first of these that can enter
 * `folder` and run the program there:
 *
 * - the owner of the folder, when that is somebody else: a later start without root finds its files usable;
 * - root in a user namespace in which root has another number: the files stay root's, so this works below folders
 *   that only root may enter;
 * - `nobody`, where user namespaces are forbidden. It is let into the folder through its group.
 *
 * Throws ROOT_REFUSED.
 */
export async function chooseIdentity(folder: string, binaries: PostgresBinaries): Promise<Identity> {
  const uid = process.geteuid?.() ?? -1;
  if (uid !== 0) return { prefix: [], credentials: undefined, owner: { uid, gid: process.getegid?.() ?? -1 } };
  const failures: string[] = [];
  for await (const identity of listCandidates(folder)) {
    const failure = await probe(identity, folder, binaries);
    if (failure === undefined) return identity;
    failures.push(failure);
  }
  throw new PostgresStartError(
    'ROOT_REFUSED',
    'PostgreSQL refuses to run as root, and neither a user namespace nor another user can use ' +
      `${folder}: start Stowage as an ordinary user, or set STOWAGE_DATA_DIR to a folder that everybody may enter, or set STOWAGE_DATABASE_URL`,
    { log: failures },
  );
}

async function* listCandidates(folder: string): AsyncGenerator<Identity> {
  const owner = await stat(folder);
  if (owner.uid !== 0) {
    yield droppedTo(owner);
    return;
  }
  const users = await listUsers();
  // PostgreSQL wants a number with a name. The number of `nobody` also stands for whoever is not in the namespace.
  const named = users.filter((user) => user.uid > 0);
  const standIn = named.find(({ name }) => name !== 'nobody') ?? named[0];
  if (standIn && process.platform === 'linux') yield inUserNamespace(standIn);
  const nobody = users.find(({ name }) => name === 'nobody');
  if (!nobody) return;
  await chown(folder, 0, nobody.gid);
  await chmod(folder, 0o710);
  yield droppedTo(nobody);
}

function inUserNamespace({ uid, gid }: User): Identity {
  return {
    prefix: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`],
    credentials: undefined,
    owner: { uid: 0, gid: 0 },
  };
}

function droppedTo({ uid, gid }: { readonly uid: number; readonly gid: number }): Identity {
  return { prefix: [], credentials: { uid, gid }, owner: { uid, gid } };
}

/** The command line that runs a program under this identity. */
export function commandAs(identity: Identity, program: string, args: readonly string[]): [string, string[]] {
  const [first, ...rest] = [...identity.prefix, program, ...args];
  return [first ?? program, rest];
}

/** Tries it for real, because every container runtime forbids something else. Returns what went wrong. */
async function probe(identity: Identity, folder: string, binaries: PostgresBinaries): Promise<string | undefined> {
  const script = 'cd "$1" && exec "$2" --version';
  const [command, args] = commandAs(identity, 'sh', ['-c', script, 'sh', folder, binaries.postgres]);
  try {
    await run(command, args, { env: childEnvironment(), cwd: '/', ...identity.credentials });
    return undefined;
  } catch (cause) {
    return String((cause as { stderr?: unknown }).stderr || cause).trim();
  }
}

async function listUsers(): Promise<User[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
