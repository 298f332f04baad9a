import { type FileHandle, open, rename, stat } from 'node:fs/promises';

const KEPT = 3;
const TAIL_BYTES = 16 * 1024;
const TAIL_LINES = 20;

/** PostgreSQL's own log: a new file at every start, the last three kept as `.1` to `.3`. */
export interface ServerLog {
  /** To be handed to the child as its standard output and error. */
  readonly fd: number;
  /** The last lines, also after `close`. */
  tail(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openServerLog(file: string): Promise<ServerLog> {
  await rotate(file);
  const handle = await open(file, 'a+', 0o600);
  let final: Promise<string[]> | undefined;
  return {
    fd: handle.fd,
    tail: () => final ?? readTail(handle),
    close: async () => {
      final ??= readTail(handle);
      await final;
      await handle.close();
    },
  };
}

async function rotate(file: string): Promise<void> {
  const size = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (size === 0) return;
  for (let number = KEPT - 1; number >= 1; number -= 1)
    await renameIfPresent(`${file}.${number}`, `${file}.${number + 1}`);
  await renameIfPresent(file, `${file}.1`);
}

async function renameIfPresent(from: string, to: string): Promise<void> {
  await rename(from, to).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
  });
}

async function readTail(handle: FileHandle): Promise<string[]> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
  await handle.read(buffer, 0, buffer.length, size - buffer.length);
  return lastLines(buffer.toString('utf8'));
}

export function lastLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-TAIL_LINES);
}
