import { Alert, Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import type { CollectionPause } from '@stowage/contracts';
import { RelativeTime } from '../../../components/ui/relative-time';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useResumeCollection } from '../api/collection';
import classes from './collection.module.css';

/** Says that nothing is collected, why, and who said so; nothing while collectors are at work. */
export function CollectionState({ pause }: { readonly pause: CollectionPause | null }) {
  const resume = useResumeCollection();
  if (!pause) return null;
  const start = () =>
    resume.mutate(undefined, {
      onSuccess: () => notify({ message: 'Collectors go on within seconds.' }),
      onError: (error) => notify({ color: 'red', title: 'It is still paused', message: messageOf(error) }),
    });
  return (
    <Alert color="yellow" icon={<IconPlayerPause size={18} />} title="Garbage collection is paused">
      <div className={classes.pause}>
        <p className={classes.reason}>
          {pause.reason}
          <span className={classes.by}>
            {pause.pausedBy ?? 'Somebody whose account is gone'}, <RelativeTime value={pause.since} />. Nothing leaves
            the storage until it goes on; pushes, pulls and deletes work as always.
          </span>
        </p>
        <Button size="xs" loading={resume.isPending} onClick={start}>
          Resume
        </Button>
      </div>
    </Alert>
  );
}
