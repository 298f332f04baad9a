import { Alert } from '@mantine/core';
import type { Usage } from '@stowage/contracts';
import { fullness } from './usage-parts';

/** Says before a push fails that it is going to, and after that why. */
export function UsageNotice({ usage }: { readonly usage: Usage }) {
  const state = fullness(usage);
  if (state === undefined) return null;
  if (state === 'full')
    return (
      <Alert color="red" title="The storage is full">
        Pushes are refused until there is room. Pulls go on. Delete what is not needed – what would free most is below –
        or ask an administrator for more.
      </Alert>
    );
  return (
    <Alert color="yellow" title={`More than ${state} % of the storage is used`}>
      When it is full, pushes are refused and pulls go on. What would free most is below.
    </Alert>
  );
}
