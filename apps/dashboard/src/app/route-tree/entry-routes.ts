import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requireNoSession } from '../guards';
import { root } from './root';
import { text, withNext } from './search';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: withNext,
  beforeLoad: requireNoSession,
  component: lazyRouteComponent(() => import('../routes/sign-in-page'), 'SignInPage'),
});

const providerCallback = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/callback',
  validateSearch: (search: Record<string, unknown>): { state: string; code?: string; iss?: string; error?: string } => {
    const given = { code: text(search.code), iss: text(search.iss), error: text(search.error) };
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { state: text(search.state) ?? 'none', ...present };
  },
  component: lazyRouteComponent(() => import('../routes/provider-callback-page'), 'ProviderCallbackPage'),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: withNext,
  beforeLoad: requireNoSession,
  component: lazyRouteComponent(() => import('../routes/sign-up-page'), 'SignUpPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../routes/forgot-password-page'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../routes/reset-password-page'), 'ResetPasswordPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('../routes/verify-email-page'), 'VerifyEmailPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { code?: string } => {
    const code = text(search.code);
    return code ? { code } : {};
  },
  component: lazyRouteComponent(() => import('../routes/setup-page'), 'SetupPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations',
  component: lazyRouteComponent(() => import('../routes/invitation-page'), 'InvitationPage'),
});

/** Pages without the bar at the top: ways in, and links out of letters. */
export const entryRoutes = [
  signIn,
  providerCallback,
  signUp,
  forgotPassword,
  resetPassword,
  verifyEmail,
  setup,
  invitation,
] as const;
