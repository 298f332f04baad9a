import { useState } from 'react';

interface SeenSettings<T> {
  /** What a form begins with, and whose entity tag its change carries. */
  readonly seen: T;
  /** For the form's key: it begins anew when somebody has asked for the settings again. */
  readonly round: number;
  readonly saved: (next: T) => void;
  readonly reload: () => Promise<void>;
}

/**
 * Settings as the person saw them when they began to change them. The cache may hold newer ones by now: with their tag the
 * change would undo what somebody else has done, unseen.
 */
export function useSeenSettings<T>(current: T, load: () => Promise<T>): SeenSettings<T> {
  const [{ seen, round }, set] = useState({ seen: current, round: 0 });
  return {
    seen,
    round,
    saved: (next) => set({ seen: next, round }),
    reload: async () => {
      const next = await load();
      set({ seen: next, round: round + 1 });
    },
  };
}
