import { administrationRoutes } from './route-tree/administration-routes';
import { entryRoutes } from './route-tree/entry-routes';
import { namespaceRoutes } from './route-tree/namespace-routes';
import { personalRoutes } from './route-tree/personal-routes';
import { root, shell } from './route-tree/root';

export const routeTree = root.addChildren([
  ...entryRoutes,
  shell.addChildren([...personalRoutes, administrationRoutes, ...namespaceRoutes]),
]);
