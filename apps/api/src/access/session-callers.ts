import { changesContent, type NamedRoute } from '@stowage/contracts';
import { type ActingStore, type UserRecord, type UserStore, userActor } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { type ApiCaller, toCaller } from './caller.js';

/** What an administrator may do in anybody's place, also when the time is over: look, and go back. */
const ALWAYS = new Set(['getSetup', 'getSession', 'stopActing', 'signOut']);

/** Credentials would outlive the half hour, and consent is the person's own. */
const NEVER = new Set([
  'acceptInvitation',
  'acceptTransfer',
  'changePassword',
  'createAccessToken',
  'createRobot',
  'createRobotSecret',
  'createTrustRule',
  'requestTransfer',
]);

/** Who sent a request with a session: its user, or an administrator in somebody's place. */
export class SessionCallers {
  constructor(private readonly deps: { readonly users: UserStore; readonly acting: ActingStore }) {}

  /** Throws 403 for what nobody may do in somebody's place. */
  async callerOf(request: FastifyRequest, route: NamedRoute): Promise<ApiCaller> {
    const { userId, isActing } = request.session;
    const user = userId === undefined ? undefined : await this.deps.users.findById(userId);
    const inPlace = user && isActing ? await this.#inPlace(request, user, route) : undefined;
    return inPlace ?? toCaller(request, user ?? null);
  }

  async #inPlace(
    request: FastifyRequest,
    administrator: UserRecord,
    route: NamedRoute,
  ): Promise<ApiCaller | undefined> {
    const acting = await this.deps.acting.find(request.session.sessionId);
    if (!acting) return undefined;
    const user = acting.user ?? administrator;
    const isOver = acting.isOver || !administrator.isAdmin;
    if (isOver && !ALWAYS.has(route.operation)) {
      throw new ProblemError(
        403,
        'The time in which you may act as somebody else is over. Go back to your own account.',
      );
    }
    if (route.access === 'in-person' || NEVER.has(route.operation)) {
      throw new ProblemError(403, `Only ${user.username} in person may do this. You act in their place.`);
    }
    const actor = { ...userActor(user, { address: request.ip }), administrator: administrator.username };
    const { until } = acting;
    return { user, grants: null, actor, changesContent: changesContent(route), acting: { administrator, until } };
  }
}
