import { type ComponentType, createElement, lazy, Suspense, useState } from 'react';

/** A dialog whose code is loaded when it is first wanted. After that it stays, so that it can also close with grace. */
export function lazyDialog<P extends { readonly opened: boolean }>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const Dialog: ComponentType<P> = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return function LazyDialog(props: P) {
    const [wanted, setWanted] = useState(props.opened);
    if (props.opened && !wanted) setWanted(true);
    return wanted ? <Suspense fallback={null}>{createElement(Dialog, props)}</Suspense> : null;
  };
}
