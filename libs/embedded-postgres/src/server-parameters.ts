/**
 * Given on the command line, so that they hold whatever the cluster's own files say. Durability is stated
 * although it is PostgreSQL's default: what was acknowledged must survive a power cut.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements are short look-ups: a plan in parallel would cost more than it gives, and its shared memory is
  // what containers with a small /dev/shm fail on.
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  random_page_cost: '1.1',
  // Errors of statements go to the client, which logs them. The text of a statement may hold a tenant's data.
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

interface ServerFolders {
  readonly dataDirectory: string;
  readonly socketDirectory: string;
}

/** The arguments of `postgres`. The parameters that keep strangers out can't be overridden. */
export function serverArguments(folders: ServerFolders, parameters: Readonly<Record<string, string>>): string[] {
  const all = {
    ...DEFAULTS,
    ...parameters,
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: quoted(folders.socketDirectory),
    unix_socket_permissions: '0700',
  };
  return ['-D', folders.dataDirectory, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The parameter is a list with commas: quotes keep a path with a comma or a space in one piece. */
function quoted(directory: string): string {
  return `"${directory.replaceAll('"', '""')}"`;
}
