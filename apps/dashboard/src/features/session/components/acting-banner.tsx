import { Button } from '@mantine/core';
import type { Session } from '@stowage/contracts';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useStopActing } from '../api/acting';
import classes from './acting-banner.module.css';

interface ActingBannerProps {
  readonly session: Session & { readonly acting: NonNullable<Session['acting']> };
}

/** Above every page while an administrator is in somebody else's place. */
export function ActingBanner({ session: { user, acting } }: ActingBannerProps) {
  const stop = useStopActing();
  const isOver = useIsPast(acting.until);
  const until = new Date(acting.until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const back = () =>
    stop.mutate(undefined, {
      onSuccess: () => window.location.assign('/admin/users'),
      onError: (error) => notify({ color: 'red', title: 'You are still acting', message: messageOf(error) }),
    });
  return (
    <section className={classes.banner} aria-label="Acting as somebody else">
      <p className={classes.text}>
        {isOver ? (
          <>
            Your time as <b>{user.username}</b> is over.
          </>
        ) : (
          <>
            You act as <b>{user.username}</b> until {until}. Whatever you do is recorded with your name,{' '}
            <b>{acting.administrator}</b>, as well.
          </>
        )}
      </p>
      <Button
        size="compact-sm"
        color="dark.9"
        leftSection={<IconArrowBackUp size={16} />}
        loading={stop.isPending}
        onClick={back}
      >
        Back to {acting.administrator}
      </Button>
    </section>
  );
}

/** Turns true when the time comes, without anybody asking again. */
function useIsPast(time: string): boolean {
  const [isPast, setIsPast] = useState(() => Date.parse(time) <= Date.now());
  useEffect(() => {
    const left = Date.parse(time) - Date.now();
    setIsPast(left <= 0);
    const timer = setTimeout(() => setIsPast(true), Math.max(left, 0));
    return () => clearTimeout(timer);
  }, [time]);
  return isPast;
}
