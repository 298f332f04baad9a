import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()();

/** What has the bar at the top. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('../shell/shell'), 'Shell'),
});
