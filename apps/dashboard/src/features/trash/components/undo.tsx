import { Button } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import type { Deletion } from '../api/deletion';
import classes from './trash.module.css';

/** Long enough to read it and to think again. */
const UNDO_MS = 12_000;

/** Says what is deleted, with the way back. */
export function notifyDeleted({ target, undo }: Deletion, entryId: string | null, queryClient: QueryClient): void {
  if (entryId === null) {
    notify({ message: `${target} is deleted for good.` });
    return;
  }
  const id = `deleted-${entryId}`;
  const restore = async () => {
    void import('@mantine/notifications').then(({ notifications }) => notifications.hide(id));
    try {
      await undo(entryId);
      await queryClient.invalidateQueries();
      notify({ message: `${target} is back.` });
    } catch (error) {
      notify({ color: 'red', title: `${target} did not come back`, message: messageOf(error) });
    }
  };
  notify({
    id,
    autoClose: UNDO_MS,
    message: (
      <div className={classes.undo}>
        <span>{target} is in the trash.</span>
        <Button size="compact-sm" variant="default" onClick={() => void restore()}>
          Undo
        </Button>
      </div>
    ),
  });
}
