import { type Digest, parseDigest, parseRepositoryName, parseTagName, type TagName } from '@stowage/oci';
import type { Answer, Operation, Outcome, Request } from '../history/operation.js';

export const NAME = parseRepositoryName('roomy/app');
export const OTHER = parseRepositoryName('roomy/other');
export const TAG = parseTagName('v1');
export const TAGS: readonly TagName[] = [TAG, parseTagName('v2')];
/** Two digests of nothing in particular. */
export const A = digest('a');
export const B = digest('b');

function digest(digit: string): Digest {
  return parseDigest(`sha256:${digit.repeat(64)}`);
}

interface Told extends Omit<Request, 'repository'> {
  readonly repository?: Request['repository'];
  readonly type?: Outcome;
  readonly answer?: Answer;
  readonly process?: number;
}

/** An operation from `tStart` to `tEnd`; it went well unless it says otherwise. */
export function operation([tStart, tEnd]: readonly [number, number], told: Told): Operation {
  return { repository: NAME, type: 'ok', process: 0, replica: 0, ...told, tStart, tEnd };
}
