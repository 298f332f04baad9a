/** Stowage can't start, for a reason that the person who started it can change. The message is one line and names it. */
export class StartError extends Error {
  override name = 'StartError';
}
