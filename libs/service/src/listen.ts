import type { Server } from 'node:http';
import { StartError } from './start-error.js';

/** Resolves when the server accepts connections. Throws `StartError` that names the variable to change. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`port ${port} is taken by another program; set STOWAGE_PORT to a free one`, {
        cause: error,
      });
    case 'EACCES':
      return new StartError(`port ${port} may not be used by this user; set STOWAGE_PORT to one above 1023`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`this machine has no address ${host}; set STOWAGE_HOST to one that it has`, {
        cause: error,
      });
    default:
      return error;
  }
}

/** Stops accepting, lets what is under way finish, and cuts what is left after `graceMs`. */
export async function drain(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  const idle = setInterval(() => server.closeIdleConnections(), 250);
  await closed;
  clearTimeout(cut);
  clearInterval(idle);
}
