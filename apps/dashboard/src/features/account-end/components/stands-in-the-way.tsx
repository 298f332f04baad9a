import { Button, Group, Stack } from '@mantine/core';
import type { AccountEnd } from '@stowage/contracts';
import { AnchorLink } from '../../../components/ui/link';
import classes from './account-end.module.css';

/** What has to be done first, and where. */
export function StandsInTheWay({ end, onClose }: { readonly end: AccountEnd; readonly onClose: () => void }) {
  return (
    <Stack gap="md">
      {end.isLastAdministrator ? (
        <div>Nobody else administers this registry. Make somebody else an administrator first.</div>
      ) : null}
      {end.soleOwnerOf.length > 0 ? (
        <>
          <div>Nobody else owns these organisations. Make somebody else an owner of each first:</div>
          <ul className={classes.list}>
            {end.soleOwnerOf.map((namespace) => (
              <li key={namespace}>
                <AnchorLink to="/n/$namespace/members" params={{ namespace }}>
                  Members of {namespace}
                </AnchorLink>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
