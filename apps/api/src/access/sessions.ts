import { callbackify } from 'node:util';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import type { SessionStore } from '@stowage/metadata';
import type { FastifyInstance, FastifyRequest, Session } from 'fastify';

declare module 'fastify' {
  interface Session {
    userId?: string;
    /** An administrator is in somebody else's place. */
    isActing?: boolean;
    /** Where it was begun. */
    address?: string;
    userAgent?: string;
  }
}

/** Nobody needs more to tell one browser from another. */
const MAX_AGENT = 300;
const LIFETIME_MS = 14 * 24 * 60 * 60 * 1000;

export interface SessionOptions {
  readonly store: SessionStore;
  readonly secret: string;
  readonly isHttps: boolean;
}

/**
 * Sessions of the dashboard: an opaque id in a cookie, everything else in Postgres. Over https the cookie has the
 * `__Host-` prefix, so that no other host of the domain can plant one.
 */
export async function registerSessions(
  fastify: FastifyInstance,
  { store, secret, isHttps }: SessionOptions,
): Promise<void> {
  await fastify.register(cookie);
  await fastify.register(session, {
    secret,
    cookieName: isHttps ? '__Host-stowage' : 'stowage',
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps, maxAge: LIFETIME_MS },
    rolling: false,
    saveUninitialized: false,
    store: {
      get: callbackify(async (id: string) => ((await store.find(id)) ?? null) as Session | null),
      set: callbackify(async (id: string, content: Session) => {
        const { address, userAgent, isActing: _, ...kept } = content;
        const data = JSON.parse(JSON.stringify(kept)) as object;
        const expiresAt = new Date(Date.now() + LIFETIME_MS);
        await store.put(id, {
          userId: content.userId ?? null,
          data,
          expiresAt,
          ...(address === undefined ? {} : { address }),
          ...(userAgent === undefined ? {} : { userAgent }),
        });
      }),
      destroy: callbackify(async (id: string) => store.delete(id)),
    },
  });
}

/** A new session id for a new identity: one that was known before the sign-in is worth nothing after it. */
export async function signIn(request: FastifyRequest, userId: string): Promise<void> {
  await request.session.regenerate();
  request.session.userId = userId;
  request.session.address = request.ip;
  request.session.userAgent = request.headers['user-agent']?.slice(0, MAX_AGENT) ?? '';
  await request.session.save();
}

export async function signOut(request: FastifyRequest): Promise<void> {
  await request.session.destroy();
}
