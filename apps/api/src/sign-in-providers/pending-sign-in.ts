import type { Attempt, ExternalIdentity } from '@stowage/oidc';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';

/** A sign-in with a provider that this browser has begun. It is kept in the session, where no page can read it. */
export interface PendingSignIn {
  readonly provider: string;
  readonly attempt: Attempt;
  readonly next: string | null;
  /** The account to link; null for a sign-in. */
  readonly linkTo: string | null;
  /** SHA-256 of the code that the person was invited with, in hex. */
  readonly invitation?: string;
  readonly expiresAtMs: number;
  /** Set when the provider has said who it is: what is left is a second factor, or a name for the account. */
  readonly identity?: ExternalIdentity;
}

declare module 'fastify' {
  interface Session {
    providerSignIn?: PendingSignIn;
  }
}

const LIFETIME_MS = 10 * 60_000;

export async function keepPending(request: FastifyRequest, pending: Omit<PendingSignIn, 'expiresAtMs'>): Promise<void> {
  request.session.providerSignIn = { ...pending, expiresAtMs: Date.now() + LIFETIME_MS };
  await request.session.save();
}

/** Throws 400: another browser began it, it took too long, or it is over. */
export function pendingOf(request: FastifyRequest): PendingSignIn {
  const pending = request.session.providerSignIn;
  if (!pending || pending.expiresAtMs < Date.now()) {
    throw new ProblemError(400, 'This sign-in was not begun in this browser, took too long, or is over. Begin again.');
  }
  return pending;
}

/** A code that was tried is worth nothing more, whatever came of it. */
export async function forgetPending(request: FastifyRequest): Promise<void> {
  delete request.session.providerSignIn;
  await request.session.save();
}
