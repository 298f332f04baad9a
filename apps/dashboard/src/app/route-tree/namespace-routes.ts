import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requireSession } from '../guards';
import { shell } from './root';
import { text } from './search';

const namespace = createRoute({
  getParentRoute: () => shell,
  path: '/n/$namespace',
  component: lazyRouteComponent(() => import('../routes/namespace-page'), 'NamespacePage'),
});

const repositories = createRoute({
  getParentRoute: () => namespace,
  path: '/',
  component: lazyRouteComponent(() => import('../routes/repositories-page'), 'RepositoriesPage'),
});

const usage = createRoute({
  getParentRoute: () => namespace,
  path: '/usage',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/usage-page'), 'UsagePage'),
});

const members = createRoute({
  getParentRoute: () => namespace,
  path: '/members',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/members-page'), 'MembersPage'),
});

const robots = createRoute({
  getParentRoute: () => namespace,
  path: '/robots',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/robots-page'), 'RobotsPage'),
});

const trustRules = createRoute({
  getParentRoute: () => namespace,
  path: '/trust-rules',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/trust-rules-page'), 'TrustRulesPage'),
});

const tagRules = createRoute({
  getParentRoute: () => namespace,
  path: '/tag-rules',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/tag-rules-page'), 'TagRulesPage'),
});

const trash = createRoute({
  getParentRoute: () => namespace,
  path: '/trash',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/trash-page'), 'TrashPage'),
});

const jobs = createRoute({
  getParentRoute: () => namespace,
  path: '/jobs',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/jobs-page'), 'JobsPage'),
});

const job = createRoute({
  getParentRoute: () => namespace,
  path: '/jobs/$id',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/job-page'), 'JobPage'),
});

const audit = createRoute({
  getParentRoute: () => namespace,
  path: '/audit',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/audit-page'), 'AuditPage'),
});

const namespaceSettings = createRoute({
  getParentRoute: () => namespace,
  path: '/settings',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/namespace-settings-page'), 'NamespaceSettingsPage'),
});

const getStarted = createRoute({
  getParentRoute: () => namespace,
  path: '/get-started',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/get-started-page'), 'GetStartedPage'),
});

/** The rest of the path is the repository's name and what of it is shown: `lib/repository-path.ts`. */
const repository = createRoute({
  getParentRoute: () => shell,
  path: '/n/$namespace/r/$',
  validateSearch: (search: Record<string, unknown>): { platform?: string } => {
    const platform = text(search.platform);
    return platform ? { platform } : {};
  },
  component: lazyRouteComponent(() => import('../routes/repository-page'), 'RepositoryPage'),
});

/** A namespace with its pages, and its repositories, which have none of its navigation. */
export const namespaceRoutes = [
  namespace.addChildren([
    repositories,
    usage,
    members,
    robots,
    trustRules,
    tagRules,
    trash,
    jobs,
    job,
    audit,
    namespaceSettings,
    getStarted,
  ]),
  repository,
] as const;
