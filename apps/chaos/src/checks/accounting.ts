import type { Operation } from '../history/operation.js';
import type { Accounts } from '../topology/database-view.js';
import type { Check } from './check.js';

/** I6: what namespaces are charged is what their rows add up to, and not more than they may have. */
export function checkAccounting(accounts: readonly Accounts[], operations: readonly Operation[]): Check {
  const full = operations.filter(({ f, answer }) => answer?.code === 'DENIED' && !f.startsWith('delete-')).length;
  return {
    name: 'namespaces are charged what they hold (I6)',
    summary: `${accounts.map(({ namespace, used, limit }) => `${namespace} ${used} of ${limit}`).join(', ')}; ${full} refused`,
    violations: accounts.flatMap(({ namespace, used, reserved, limit, countedUsed, countedReserved }) => [
      ...(used === countedUsed ? [] : [`${namespace} is charged ${used} bytes and holds ${countedUsed}`]),
      ...(reserved === countedReserved
        ? []
        : [`${namespace} has ${reserved} bytes reserved, its uploads ${countedReserved}`]),
      ...(used + reserved <= limit ? [] : [`${namespace} uses ${used + reserved} of ${limit} bytes`]),
    ]),
  };
}
