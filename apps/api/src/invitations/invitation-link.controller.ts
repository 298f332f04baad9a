import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { hashSecretToken, parseSecretToken } from '@stowage/auth';
import type { AcceptedInvitation, InvitationOffer } from '@stowage/contracts';
import { acceptInvitation, Database, InvitationStore } from '@stowage/metadata';
import { ProblemError, Public } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { toOffer } from './invitation-view.js';

/** Invitations as those who have the link handle them. A wrong code, a used one and an old one are the same 404. */
@Controller('api/v1/invitations/:code')
export class InvitationLinkController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InvitationStore) private readonly store: InvitationStore,
  ) {}

  @Public()
  @Get()
  async offer(@Param('code') code: string): Promise<InvitationOffer> {
    const offer = await this.store.findOffer(hashOf(code));
    if (!offer) throw invalidInvitation();
    return toOffer(offer);
  }

  @Post('accept')
  @HttpCode(200)
  async accept(@Param('code') code: string, @Req() request: FastifyRequest): Promise<AcceptedInvitation> {
    const invitee = userOf(request);
    const { actor } = callerOf(request);
    const hash = hashOf(code);
    const outcome = await this.database.transaction((tx) => acceptInvitation(tx, { hash, invitee, actor }));
    switch (outcome.kind) {
      case 'accepted':
        return { namespace: outcome.namespace, role: outcome.role };
      case 'member':
        throw new ProblemError(409, `You are a member of ${outcome.namespace} already. An owner can change your role.`);
      case 'other address':
        throw new ProblemError(
          403,
          `This invitation is for ${outcome.email}. You are signed in as ${invitee.username} (${invitee.email}): sign in with the account of that address.`,
        );
      case 'unknown':
        throw invalidInvitation();
    }
  }
}

function hashOf(code: string): Buffer<ArrayBuffer> {
  const secret = parseSecretToken(code);
  if (secret?.kind !== 'code') throw invalidInvitation();
  return hashSecretToken(secret.text);
}

function invalidInvitation(): ProblemError {
  return new ProblemError(
    404,
    'This invitation is not valid: it was used or taken back, or its time is over. Ask for a new one.',
  );
}
