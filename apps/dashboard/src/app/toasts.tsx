import { lazy, Suspense, useSyncExternalStore } from 'react';
import { isNotifyWanted, subscribeToNotify } from '../lib/notify';

const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** Where `notify` shows its messages; nothing until there is one. */
export function Toasts() {
  const wanted = useSyncExternalStore(subscribeToNotify, isNotifyWanted);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Notifications position="bottom-right" autoClose={5000} limit={3} />
    </Suspense>
  );
}
