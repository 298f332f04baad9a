import { isApiError } from './api-error';

/** Asks the person for the password; false when they would rather not. */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let asking: Promise<boolean> | undefined;

/** The one dialog that asks. Returns what takes it away again. */
export function provideConfirmation(provided: Ask): () => void {
  ask = provided;
  return () => {
    if (ask === provided) ask = undefined;
  };
}

/** Whether a request that failed is worth sending again: the person has just proved who they are. Asks once for several. */
export async function confirmedAfter(error: unknown): Promise<boolean> {
  if (!ask || !isApiError(error, 403) || error.problem?.reason !== 'confirmation-needed') return false;
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}
