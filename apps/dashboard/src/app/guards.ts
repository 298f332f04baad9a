import type { QueryClient } from '@tanstack/react-query';
import { type ParsedLocation, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../features/session/api/get-session';
import { safeNextPath } from '../lib/next-path';

interface GuardInput {
  readonly context: { readonly queryClient: QueryClient };
  readonly location: ParsedLocation;
}

/** For pages that are nobody's without a session. */
export async function requireSession({ context, location }: GuardInput): Promise<void> {
  const session = await context.queryClient.ensureQueryData(sessionQuery);
  const next = safeNextPath(location.href);
  if (!session) redirect({ to: '/sign-in', search: next && next !== '/' ? { next } : {}, throw: true });
}

/** For the sign-in pages: whoever has a session has no business there. */
export async function requireNoSession({ context, location }: GuardInput): Promise<void> {
  const session = await context.queryClient.ensureQueryData(sessionQuery);
  if (!session) return;
  const next = safeNextPath(new URLSearchParams(location.searchStr).get('next'));
  // `href` is the way to a path that is known only at run time.
  if (next) redirect({ to: '.', href: next, throw: true });
  redirect({ to: '/', throw: true });
}
