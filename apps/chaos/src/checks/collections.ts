import type { TagName } from '@stowage/oci';
import type { Operation } from '../history/operation.js';
import type { RegisterOperation } from '../linearisability/register.js';
import type { Collected } from '../topology/database-view.js';
import type { Check } from './check.js';
import type { Observation, RegisterKey } from './observations.js';
import { addTo } from './registers.js';

/** The audit row tells when a collection began; it is over when its transaction can't live any longer. */
const LONGEST_TRANSACTION_MS = 30_000;
/** Two clocks of one machine, read at different places. */
const CLOCK_MS = 50;

/** What garbage collection did to the registers: it removes what is there, and never a manifest that a tag points at. */
export function addCollections(
  registers: Map<RegisterKey, RegisterOperation[]>,
  collected: readonly Collected[],
  tags: readonly TagName[],
): void {
  for (const { action, target, at } of collected) {
    for (const observation of observationsOf(action, target, tags)) {
      const [start, end] = [at - CLOCK_MS, at + LONGEST_TRANSACTION_MS];
      addTo(registers, observation.register, { action: observation.action, start, end, label: `${action} ${target}` });
    }
  }
}

function observationsOf(action: Collected['action'], target: string, tags: readonly TagName[]): Observation[] {
  const [kind = ''] = action.split('.');
  const removal = { register: `${kind} ${target}` as RegisterKey, action: { kind: 'remove' } as const };
  if (kind === 'blob') return [removal];
  const [name = '', digest = ''] = target.split('@');
  const untagged = tags.map((tag) => {
    return { register: `tag ${name}:${tag}` as const, action: { kind: 'not', value: digest } as const };
  });
  return [removal, ...untagged];
}

/**
 * R1, R2: what was pushed stays for the delay; what a client was only told about, by HEAD or when it repeated a PUT, for half
 * of it (the time to live is prolonged only when less than that is left).
 */
export function checkCollections(
  collected: readonly Collected[],
  operations: readonly Operation[],
  delaySeconds: number,
): Check {
  const told = new Map<string, Operation[]>();
  for (const operation of operations) {
    const name = promiseOf(operation);
    if (name !== undefined) told.set(name, [...(told.get(name) ?? []), operation]);
  }
  const violations = collected.flatMap(({ action, target, at }) => {
    const broken = (told.get(`${action} ${target}`) ?? []).find((operation) => {
      const isBefore = (delayMs: number) => operation.tEnd < at && at < operation.tStart + delayMs - CLOCK_MS;
      const delayMs = delaySeconds * 1_000;
      return isBefore(delayMs) && (isBefore(delayMs / 2) || !isRepeated(operation, operations));
    });
    if (!broken) return [];
    return [`${action} ${target}, ${Math.round(at - broken.tStart)} ms after client ${broken.process} ${broken.f}`];
  });
  return {
    name: 'garbage collection takes nothing before its time (R1, R2)',
    summary: `${collected.length} collected, delay ${delaySeconds} s`,
    violations,
  };
}

/** Changed nothing: the blob was there before. */
function isRepeated({ f, key, tStart }: Operation, operations: readonly Operation[]): boolean {
  if (f !== 'finish-upload') return f === 'head-blob';
  return operations.some((other) => other.f === f && other.key.upload === key.upload && other.tStart < tStart);
}

function promiseOf({ f, type, answer, repository, key, value }: Operation): string | undefined {
  if (type !== 'ok' || (answer?.status !== 200 && answer?.status !== 201)) return undefined;
  if (f === 'put-manifest') return `manifest.collect ${repository}@${value?.digest}`;
  const isPush = f === 'finish-upload' || f === 'mount-blob' || f === 'head-blob';
  return isPush ? `blob.collect ${repository}@${key.digest}` : undefined;
}
