import { type ComponentType, createElement, lazy, Suspense, useEffect, useState } from 'react';

interface DialogProps {
  readonly opened: boolean;
}

/** A dialog whose code is loaded when it is first wanted. After that it stays, so that it can also close with grace. */
export function lazyDialog<P extends DialogProps>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Dialog = lazy(async () => {
    const Loaded = await load();
    return { default: (props: P) => <OpenAfterMount dialog={Loaded} props={props} /> };
  }) as unknown as ComponentType<P>;
  return function LazyDialog(props: P) {
    const [wanted, setWanted] = useState(props.opened);
    if (props.opened && !wanted) setWanted(true);
    return wanted ? <Suspense fallback={null}>{createElement(Dialog, props)}</Suspense> : null;
  };
}

/** Mantine notes who had the focus when a dialog goes from closed to open, so it must be closed first. */
function OpenAfterMount<P extends DialogProps>({ dialog, props }: { dialog: ComponentType<P>; props: P }) {
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return createElement(dialog, { ...props, opened: mounted && props.opened });
}
