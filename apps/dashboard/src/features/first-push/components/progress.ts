import type { AccessToken, Repository } from '@stowage/contracts';

type Stamp = string | null | undefined;

/** What was there when the page opened: only what comes after it is news. */
export interface Baseline {
  readonly lastUse: Stamp;
  readonly lastPush: Stamp;
}

export interface Progress {
  readonly loggedIn: boolean;
  /** The repository that was pushed to. */
  readonly arrived: Repository | undefined;
}

interface Seen {
  readonly tokens: readonly AccessToken[];
  readonly repositories: readonly Repository[];
}

export function baselineOf({ tokens, repositories }: Seen): Baseline {
  return {
    lastUse: latest(tokens.map((token) => token.lastUsedAt)),
    lastPush: latest(repositories.map((entry) => entry.lastPushedAt)),
  };
}

/** Only the server's clock is asked: the browser's may be wrong by hours. */
export function progressOf(
  { tokens, repositories }: Seen,
  baseline: Baseline,
  createdTokenId: string | undefined,
): Progress {
  const held = repositories.filter(({ tagCount }) => tagCount > 0);
  const newest = held.toSorted((a, b) => order(b.lastPushedAt) - order(a.lastPushedAt))[0];
  // The only repository is the first push, also when it came before this page was opened or reloaded.
  const arrived =
    newest && (held.length === 1 || order(newest.lastPushedAt) > order(baseline.lastPush)) ? newest : undefined;
  const used = tokens.some(
    ({ id, lastUsedAt }) =>
      lastUsedAt !== null && (id === createdTokenId || order(lastUsedAt) > order(baseline.lastUse)),
  );
  return { loggedIn: used || arrived !== undefined, arrived };
}

function latest(stamps: readonly Stamp[]): Stamp {
  return stamps.toSorted((a, b) => order(b) - order(a))[0];
}

function order(stamp: Stamp): number {
  return stamp ? Date.parse(stamp) : 0;
}
