import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requireSession } from '../guards';
import { shell } from './root';

const administration = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/administration-page'), 'AdministrationPage'),
});

const overview = createRoute({
  getParentRoute: () => administration,
  path: '/overview',
  component: lazyRouteComponent(() => import('../routes/overview-page'), 'OverviewPage'),
});

const registryJobs = createRoute({
  getParentRoute: () => administration,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../routes/registry-jobs-page'), 'RegistryJobsPage'),
});

const registryJob = createRoute({
  getParentRoute: () => administration,
  path: '/jobs/$id',
  component: lazyRouteComponent(() => import('../routes/registry-job-page'), 'RegistryJobPage'),
});

const readOnly = createRoute({
  getParentRoute: () => administration,
  path: '/read-only',
  component: lazyRouteComponent(() => import('../routes/read-only-page'), 'ReadOnlyPage'),
});

const users = createRoute({
  getParentRoute: () => administration,
  path: '/users',
  component: lazyRouteComponent(() => import('../routes/users-page'), 'UsersPage'),
});

const managedNamespaces = createRoute({
  getParentRoute: () => administration,
  path: '/namespaces',
  component: lazyRouteComponent(() => import('../routes/managed-namespaces-page'), 'ManagedNamespacesPage'),
});

const managedTrash = createRoute({
  getParentRoute: () => administration,
  path: '/namespaces/$namespace/trash',
  component: lazyRouteComponent(() => import('../routes/managed-trash-page'), 'ManagedTrashPage'),
});

const plans = createRoute({
  getParentRoute: () => administration,
  path: '/plans',
  component: lazyRouteComponent(() => import('../routes/plans-page'), 'PlansPage'),
});

const signUpPolicy = createRoute({
  getParentRoute: () => administration,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('../routes/sign-up-policy-page'), 'SignUpPolicyPage'),
});

const notices = createRoute({
  getParentRoute: () => administration,
  path: '/notices',
  component: lazyRouteComponent(() => import('../routes/notices-page'), 'NoticesPage'),
});

const pendingLinks = createRoute({
  getParentRoute: () => administration,
  path: '/pending-links',
  component: lazyRouteComponent(() => import('../routes/pending-links-page'), 'PendingLinksPage'),
});

const signingKeys = createRoute({
  getParentRoute: () => administration,
  path: '/signing-keys',
  component: lazyRouteComponent(() => import('../routes/signing-keys-page'), 'SigningKeysPage'),
});

const garbageCollection = createRoute({
  getParentRoute: () => administration,
  path: '/gc',
  component: lazyRouteComponent(() => import('../routes/garbage-collection-page'), 'GarbageCollectionPage'),
});

const collectionRun = createRoute({
  getParentRoute: () => administration,
  path: '/gc/$run',
  component: lazyRouteComponent(() => import('../routes/collection-run-page'), 'CollectionRunPage'),
});

const registryAudit = createRoute({
  getParentRoute: () => administration,
  path: '/audit',
  component: lazyRouteComponent(() => import('../routes/registry-audit-page'), 'RegistryAuditPage'),
});

export const administrationRoutes = administration.addChildren([
  overview,
  registryJobs,
  registryJob,
  readOnly,
  users,
  managedNamespaces,
  managedTrash,
  plans,
  signUpPolicy,
  notices,
  pendingLinks,
  signingKeys,
  garbageCollection,
  collectionRun,
  registryAudit,
]);
