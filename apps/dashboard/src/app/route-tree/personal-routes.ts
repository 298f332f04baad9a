import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requireSession } from '../guards';
import { shell } from './root';

const legal = createRoute({
  getParentRoute: () => shell,
  path: '/legal/$document',
  component: lazyRouteComponent(() => import('../routes/legal-page'), 'LegalPage'),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/home-page'), 'HomePage'),
});

const accessTokens = createRoute({
  getParentRoute: () => shell,
  path: '/access-tokens',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/access-tokens-page'), 'AccessTokensPage'),
});

const createAccessToken = createRoute({
  getParentRoute: () => shell,
  path: '/access-tokens/new',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/create-access-token-page'), 'CreateAccessTokenPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('../routes/account-page'), 'AccountPage'),
});

/** Pages of whoever is signed in, and what the registry says to everybody. */
export const personalRoutes = [legal, home, accessTokens, createAccessToken, account] as const;
