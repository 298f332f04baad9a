import { type FailPoint, FAIL_POINTS, isFailPoint } from './fail-points.js';

/** What happens at a fail point. */
export type Action =
  /** SIGKILL to the own process: nothing is tidied up. */
  | { readonly kind: 'kill' }
  | { readonly kind: 'error' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Makes the file, and waits until somebody removes it. */
  | { readonly kind: 'pause'; readonly file: string };

export interface Armed {
  readonly action: Action;
  /** The hit at which it happens, counted from 1; every hit when absent. */
  readonly hit?: number;
}

/** The text that arms fail points is not one; the message says what is wrong with it. */
export class FailPointSyntaxError extends Error {
  override name = 'FailPointSyntaxError';
}

const ENTRY = /^(?<name>[A-Z]\d):(?<kind>kill|error|delay|pause)(?:=(?<value>[^@]+))?(?:@(?<hit>[1-9]\d{0,8}))?$/;

/** `K5:kill`, `K2:delay=500`, `K8:pause=/some/file`, each with `@n` for the n-th hit; several with commas. */
export function parseArming(text: string): ReadonlyMap<FailPoint, Armed> {
  const armed = new Map<FailPoint, Armed>();
  for (const entry of text.split(',')) {
    const { name = '', kind = '', value, hit } = ENTRY.exec(entry)?.groups ?? {};
    if (!isFailPoint(name)) {
      throw new FailPointSyntaxError(
        `"${entry}" arms no fail point: write NAME:kill, :error, :delay=MILLISECONDS or :pause=FILE, with a NAME out of ${Object.keys(FAIL_POINTS).join(' ')}`,
      );
    }
    const action = actionOf(kind, value, entry);
    armed.set(name, hit === undefined ? { action } : { action, hit: Number(hit) });
  }
  return armed;
}

function actionOf(kind: string, value: string | undefined, entry: string): Action {
  if (kind === 'pause' && value !== undefined) return { kind, file: value };
  if (kind === 'delay' && value !== undefined && /^\d{1,6}$/.test(value)) return { kind, ms: Number(value) };
  if ((kind === 'kill' || kind === 'error') && value === undefined) return { kind };
  throw new FailPointSyntaxError(`"${entry}": kill and error take no value, delay takes milliseconds, pause a file`);
}
