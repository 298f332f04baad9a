import type { Actor } from './actor.js';

/** Who changes settings, and what has to hold of what they are. */
export interface ChangeTerms<Settings> {
  readonly actor: Actor;
  /** Sees the settings under the lock of the change; what it throws calls the change off. */
  readonly precondition?: ((was: Settings) => void) | undefined;
}
