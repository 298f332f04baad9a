import type { TagName } from '@stowage/oci';
import type { Operation } from '../history/operation.js';
import { checkRegister } from '../linearisability/check-register.js';
import { describeAction, type RegisterOperation } from '../linearisability/register.js';
import type { Check } from './check.js';
import { observationsOf, type RegisterKey } from './observations.js';

/** By register, all that was done to it. */
export type Registers = ReadonlyMap<RegisterKey, readonly RegisterOperation[]>;

export function registersOf(
  operations: readonly Operation[],
  tags: readonly TagName[],
): Map<RegisterKey, RegisterOperation[]> {
  const registers = new Map<RegisterKey, RegisterOperation[]>();
  for (const operation of operations) {
    const { process, f, answer, tStart, type } = operation;
    const end = type === 'info' ? Number.POSITIVE_INFINITY : operation.tEnd;
    for (const { register, action } of observationsOf(operation, tags)) {
      const label = `client ${process} ${f} ${answer?.status ?? operation.reason}: ${describeAction(action)}`;
      addTo(registers, register, { action, start: tStart, end, label });
    }
  }
  return registers;
}

export function addTo(
  registers: Map<RegisterKey, RegisterOperation[]>,
  register: RegisterKey,
  operation: RegisterOperation,
): void {
  const known = registers.get(register);
  if (known) known.push(operation);
  else registers.set(register, [operation]);
}

/** Each register by itself: if all of them are linearisable, they are so together (Herlihy and Wing). */
export function checkRegisters(kind: 'tag' | 'manifest' | 'blob', registers: Registers): Check {
  const chosen = [...registers].filter(([key]) => key.startsWith(`${kind} `));
  const violations = chosen.flatMap(([key, operations]) => {
    const verdict = checkRegister(operations);
    if (verdict.outcome === 'linearisable') return [];
    const { operation, states } = verdict;
    const held = states.map((state) => state ?? 'nothing').join(' or ');
    return [
      `${key}: ${verdict.outcome} at ${new Date(operation.start).toISOString()}: ${operation.label}; it held ${held}`,
    ];
  });
  const count = chosen.reduce((sum, [, operations]) => sum + operations.length, 0);
  return {
    name: `each ${kind} is a linearisable register`,
    summary: `${chosen.length} registers, ${count} operations`,
    violations,
  };
}
