import type { AccessGrant } from '@stowage/contracts';
import { fieldProblem } from '@stowage/nest-kit';

/** A namespace grants nothing but its own repositories. Throws 400 on the field `grants`. */
export function refuseForeignGrants(namespace: string, grants: readonly AccessGrant[] = []): void {
  const foreign = grants.find(({ repository }) => !repository.startsWith(`${namespace}/`));
  if (!foreign) return;
  const message = `${foreign.repository} is not in ${namespace}: name its own repositories, such as ${namespace}/*`;
  throw fieldProblem(400, { field: 'grants', message });
}
