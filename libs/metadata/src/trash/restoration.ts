import type { Actor } from '../actor.js';

/** Why something in the trash can't come back just now. */
export type RestoreObstacle =
  /** Its name is somebody else's by now: of these tags, or of the repository. */
  | { readonly kind: 'taken'; readonly names: readonly string[] }
  /** It was in something that is in the trash as well: that has to come back first. */
  | { readonly kind: 'inside'; readonly what: 'repository' | 'manifest'; readonly name: string };

export type RestoreOutcome =
  | { readonly kind: 'restored'; readonly target: string; readonly left: readonly string[] }
  | { readonly kind: 'refused'; readonly obstacle: RestoreObstacle }
  /** Purged, restored, or never there. */
  | { readonly kind: 'gone' };

export interface Restoration {
  readonly actor: Actor;
  /** Tags of a manifest whose names are taken stay away, instead of keeping all of it away. */
  readonly leaveTaken: boolean;
  /** Why an administrator does it in somebody else's namespace: for the log. */
  readonly reason?: string | undefined;
}

/** What a kind of entry does to come back: what is called how now, or what is in the way. */
export type Restored =
  | { readonly target: string; readonly left?: readonly string[] }
  | { readonly obstacle: RestoreObstacle };
