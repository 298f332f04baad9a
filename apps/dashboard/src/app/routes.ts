import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { safeNextPath } from '../lib/next-path';
import { requireNoSession, requireSession } from './guards';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const withNext = (search: Record<string, unknown>): { next?: string } => {
  const next = safeNextPath(search.next);
  return next ? { next } : {};
};

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()();

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: withNext,
  beforeLoad: requireNoSession,
  component: lazyRouteComponent(() => import('./routes/sign-in-page'), 'SignInPage'),
});
const providerCallback = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/callback',
  validateSearch: (search: Record<string, unknown>): { state: string; code?: string; iss?: string; error?: string } => {
    const given = { code: text(search.code), iss: text(search.iss), error: text(search.error) };
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { state: text(search.state) ?? 'none', ...present };
  },
  component: lazyRouteComponent(() => import('./routes/provider-callback-page'), 'ProviderCallbackPage'),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: withNext,
  beforeLoad: requireNoSession,
  component: lazyRouteComponent(() => import('./routes/sign-up-page'), 'SignUpPage'),
});
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./routes/forgot-password-page'), 'ForgotPasswordPage'),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./routes/reset-password-page'), 'ResetPasswordPage'),
});
const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('./routes/verify-email-page'), 'VerifyEmailPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { code?: string } => {
    const code = text(search.code);
    return code ? { code } : {};
  },
  component: lazyRouteComponent(() => import('./routes/setup-page'), 'SetupPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations',
  component: lazyRouteComponent(() => import('./routes/invitation-page'), 'InvitationPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./shell/shell'), 'Shell'),
});

const legal = createRoute({
  getParentRoute: () => shell,
  path: '/legal/$document',
  component: lazyRouteComponent(() => import('./routes/legal-page'), 'LegalPage'),
});
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/home-page'), 'HomePage'),
});
const accessTokens = createRoute({
  getParentRoute: () => shell,
  path: '/access-tokens',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/access-tokens-page'), 'AccessTokensPage'),
});

const createAccessToken = createRoute({
  getParentRoute: () => shell,
  path: '/access-tokens/new',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/create-access-token-page'), 'CreateAccessTokenPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/account-page'), 'AccountPage'),
});

const namespace = createRoute({
  getParentRoute: () => shell,
  path: '/n/$namespace',
  component: lazyRouteComponent(() => import('./routes/namespace-page'), 'NamespacePage'),
});
const repositories = createRoute({
  getParentRoute: () => namespace,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/repositories-page'), 'RepositoriesPage'),
});
const usage = createRoute({
  getParentRoute: () => namespace,
  path: '/usage',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/usage-page'), 'UsagePage'),
});
const members = createRoute({
  getParentRoute: () => namespace,
  path: '/members',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/members-page'), 'MembersPage'),
});
const robots = createRoute({
  getParentRoute: () => namespace,
  path: '/robots',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/robots-page'), 'RobotsPage'),
});
const trustRules = createRoute({
  getParentRoute: () => namespace,
  path: '/trust-rules',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/trust-rules-page'), 'TrustRulesPage'),
});
const trash = createRoute({
  getParentRoute: () => namespace,
  path: '/trash',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/trash-page'), 'TrashPage'),
});
const tagRules = createRoute({
  getParentRoute: () => namespace,
  path: '/tag-rules',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/tag-rules-page'), 'TagRulesPage'),
});
const jobs = createRoute({
  getParentRoute: () => namespace,
  path: '/jobs',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/jobs-page'), 'JobsPage'),
});
const job = createRoute({
  getParentRoute: () => namespace,
  path: '/jobs/$id',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/job-page'), 'JobPage'),
});
const audit = createRoute({
  getParentRoute: () => namespace,
  path: '/audit',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/audit-page'), 'AuditPage'),
});
const namespaceSettings = createRoute({
  getParentRoute: () => namespace,
  path: '/settings',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/namespace-settings-page'), 'NamespaceSettingsPage'),
});
const getStarted = createRoute({
  getParentRoute: () => namespace,
  path: '/get-started',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/get-started-page'), 'GetStartedPage'),
});

const administration = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./routes/administration-page'), 'AdministrationPage'),
});
const overview = createRoute({
  getParentRoute: () => administration,
  path: '/overview',
  component: lazyRouteComponent(() => import('./routes/overview-page'), 'OverviewPage'),
});
const registryJobs = createRoute({
  getParentRoute: () => administration,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./routes/registry-jobs-page'), 'RegistryJobsPage'),
});
const registryJob = createRoute({
  getParentRoute: () => administration,
  path: '/jobs/$id',
  component: lazyRouteComponent(() => import('./routes/registry-job-page'), 'RegistryJobPage'),
});
const readOnly = createRoute({
  getParentRoute: () => administration,
  path: '/read-only',
  component: lazyRouteComponent(() => import('./routes/read-only-page'), 'ReadOnlyPage'),
});
const users = createRoute({
  getParentRoute: () => administration,
  path: '/users',
  component: lazyRouteComponent(() => import('./routes/users-page'), 'UsersPage'),
});
const managedNamespaces = createRoute({
  getParentRoute: () => administration,
  path: '/namespaces',
  component: lazyRouteComponent(() => import('./routes/managed-namespaces-page'), 'ManagedNamespacesPage'),
});
const plans = createRoute({
  getParentRoute: () => administration,
  path: '/plans',
  component: lazyRouteComponent(() => import('./routes/plans-page'), 'PlansPage'),
});
const signUpPolicy = createRoute({
  getParentRoute: () => administration,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./routes/sign-up-policy-page'), 'SignUpPolicyPage'),
});
const pendingLinks = createRoute({
  getParentRoute: () => administration,
  path: '/pending-links',
  component: lazyRouteComponent(() => import('./routes/pending-links-page'), 'PendingLinksPage'),
});
const signingKeys = createRoute({
  getParentRoute: () => administration,
  path: '/signing-keys',
  component: lazyRouteComponent(() => import('./routes/signing-keys-page'), 'SigningKeysPage'),
});

const garbageCollection = createRoute({
  getParentRoute: () => administration,
  path: '/gc',
  component: lazyRouteComponent(() => import('./routes/garbage-collection-page'), 'GarbageCollectionPage'),
});
const collectionRun = createRoute({
  getParentRoute: () => administration,
  path: '/gc/$run',
  component: lazyRouteComponent(() => import('./routes/collection-run-page'), 'CollectionRunPage'),
});

const notices = createRoute({
  getParentRoute: () => administration,
  path: '/notices',
  component: lazyRouteComponent(() => import('./routes/notices-page'), 'NoticesPage'),
});
const registryAudit = createRoute({
  getParentRoute: () => administration,
  path: '/audit',
  component: lazyRouteComponent(() => import('./routes/registry-audit-page'), 'RegistryAuditPage'),
});

/** The rest of the path is the repository's name and what of it is shown: `lib/repository-path.ts`. */
const repository = createRoute({
  getParentRoute: () => shell,
  path: '/n/$namespace/r/$',
  validateSearch: (search: Record<string, unknown>): { platform?: string } => {
    const platform = text(search.platform);
    return platform ? { platform } : {};
  },
  component: lazyRouteComponent(() => import('./routes/repository-page'), 'RepositoryPage'),
});

export const routeTree = root.addChildren([
  signIn,
  providerCallback,
  signUp,
  forgotPassword,
  resetPassword,
  verifyEmail,
  setup,
  invitation,
  shell.addChildren([
    home,
    legal,
    accessTokens,
    createAccessToken,
    account,
    administration.addChildren([
      overview,
      registryJobs,
      registryJob,
      readOnly,
      users,
      managedNamespaces,
      plans,
      signUpPolicy,
      notices,
      pendingLinks,
      signingKeys,
      garbageCollection,
      collectionRun,
      registryAudit,
    ]),
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
  ]),
]);
