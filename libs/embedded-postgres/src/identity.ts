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
 * PostgreSQL refuses to run with the effective user 0. Started by root, it gets one of these, the first that
 * can enter `folder` and run the program there:
 *
 * 1. the owner of the folder, when that is somebody else: a later start without root finds its files usable;
 * 2. root in a user namespace in which root has another number: the files stay root's, so this works below
 *    folders that only root may enter;
 * 3. `nobody`, where user namespaces are forbidden. It is let into the folder through its group.
 */
export async function chooseIdentity(folder: string, binaries: PostgresBinaries): Promise<Identity> {
  const uid = process.geteuid?.() ?? -1;
  if (uid !== 0) return { prefix: [], credentials: undefined, owner: { uid, gid: process.getegid?.() ?? -1 } };
  const owner = await stat(folder);
  const users = await listUsers();
  const failures: string[] = [];
  if (owner.uid !== 0) {
    const identity = droppedTo(owner);
    const failure = await probe(identity, folder, binaries);
    if (failure === undefined) return identity;
    failures.push(failure);
  } else {
    const identity = inUserNamespace(users);
    const failure = identity ? await probe(identity, folder, binaries) : 'no user to stand in for root';
    if (identity && failure === undefined) return identity;
    failures.push(`${failure}`);
  }
  const nobody = users.find((user) => user.name === 'nobody');
  if (nobody && owner.uid === 0) {
    await chown(folder, 0, nobody.gid);
    await chmod(folder, 0o710);
    const identity = droppedTo(nobody);
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

function droppedTo({ uid, gid }: { readonly uid: number; readonly gid: number }): Identity {
  return { prefix: [], credentials: { uid, gid }, owner: { uid, gid } };
}

/** PostgreSQL wants a number with a name. Not `nobody`: that number also stands for whoever is not in the namespace. */
function inUserNamespace(users: readonly User[]): Identity | undefined {
  const named = users.filter((user) => user.uid > 0);
  const user = named.find(({ name }) => name !== 'nobody') ?? named[0];
  if (process.platform !== 'linux' || !user) return undefined;
  return {
    prefix: ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`],
    credentials: undefined,
    owner: { uid: 0, gid: 0 },
  };
}

/** Tries it for real, because every container runtime forbids something else. Returns what went wrong. */
async function probe(identity: Identity, folder: string, binaries: PostgresBinaries): Promise<string | undefined> {
  const script = 'cd "$1" && exec "$2" --version';
  const [command = 'sh', ...args] = [...identity.prefix, 'sh', '-c', script, 'sh', folder, binaries.postgres];
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
