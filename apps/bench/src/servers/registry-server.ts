import type { EventLoopProbe } from './event-loop-probe.js';

/** How many repositories a token request may name. */
export const MAX_SCOPES = 32;

/** The repository that is there, and others beside it that a first push would make. */
export function repositoriesBeside(repository: string, count = MAX_SCOPES): string[] {
  return Array.from({ length: count }, (_, number) => (number === 0 ? repository : `${repository}-${number}`));
}

/** One registry that is measured. Both are driven through this alone, so that both get the same load. */
export interface RegistryServer {
  readonly name: string;
  /** Its origin. */
  readonly url: string;
  readonly pid: number;
  /** The repository that is pushed to and pulled from. */
  readonly repository: string;
  /** Of a server that runs on Node. */
  readonly eventLoop?: EventLoopProbe;
  /** Headers that prove the owner to the token service; absent where there is none. */
  readonly basic?: Readonly<Record<string, string>>;
  /** The same of a robot that has a grant on each of `repositoriesBeside`. */
  readonly robot?: Readonly<Record<string, string>>;
  /** Headers that let the caller pull and push, good for some minutes. */
  authorize(): Promise<Readonly<Record<string, string>>>;
}
