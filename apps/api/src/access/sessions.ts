import { callbackify } from 'node:util';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import type { SessionStore } from '@stowage/metadata';
import type { FastifyInstance, FastifyReply, FastifyRequest, Session } from 'fastify';

declare module 'fastify' {
  interface Session {
    userId?: string;
    /** An administrator is in somebody else's place. */
    isActing?: boolean;
    /** Where it was begun. */
    address?: string;
    userAgent?: string;
  }
  interface FastifyRequest {
    /** Its answer takes the cookie of the session away. */
    hasSignedOut?: boolean;
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
  const cookieName = isHttps ? '__Host-stowage' : 'stowage';
  await fastify.register(cookie);
  await fastify.register(session, {
    secret,
    cookieName,
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
  fastify.addHook('onSend', async (request, reply) => {
    if (request.hasSignedOut === true) reply.clearCookie(cookieName, { path: '/', secure: isHttps });
    else keepNewerCookie(reply, cookieName);
  });
}

/**
 * The plugin answers the cookie of a session that is over by taking it away. The browser that sent it may have been given
 * another one meanwhile, by a sign-in that was answered first, and would lose that one.
 */
function keepNewerCookie(reply: FastifyReply, cookieName: string): void {
  const given = [reply.getHeader('set-cookie') ?? []].flat().map(String);
  const kept = given.filter((line) => !line.startsWith(`${cookieName}=;`));
  if (kept.length === given.length) return;
  reply.removeHeader('set-cookie');
  if (kept.length > 0) reply.header('set-cookie', kept);
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
  request.hasSignedOut = true;
  await request.session.destroy();
}
