const FIRST_SECONDS = 2;
const LAST_SECONDS = 600;

/** The pause after the attempt of this number. */
export function retryDelaySeconds(attempt: number): number {
  return Math.min(FIRST_SECONDS ** attempt, LAST_SECONDS);
}
