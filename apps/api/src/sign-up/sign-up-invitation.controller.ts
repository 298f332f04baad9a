import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { generateSecretToken, hashSecretToken } from '@stowage/auth';
import {
  type CreatedSignUpInvitation,
  createSignUpInvitationSchema,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type SignUpInvitation,
} from '@stowage/contracts';
import { Mailroom } from '@stowage/mail';
import { newLinkId, type SignUpInvitationRecord, SignUpInvitationStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf, userOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { parsePosition, toPage } from '../cursors.js';

const DAY_SECONDS = 24 * 60 * 60;

/** Invitations to make an account. */
@ForAdministrators()
@Controller('api/v1/admin/sign-up-invitations')
export class SignUpInvitationController {
  constructor(
    @Inject(SignUpInvitationStore) private readonly store: SignUpInvitationStore,
    @Inject(Mailroom) private readonly mailroom: Mailroom,
  ) {}

  @Get()
  async list(@Query({ schema: pageQuerySchema }) { cursor, limit }: PageQuery): Promise<Page<SignUpInvitation>> {
    const rows = await this.store.list({ before: parsePosition(cursor), limit: limit + 1 });
    return toPage(rows, limit, { item: toSignUpInvitation, key: ({ position }) => position });
  }

  /** The link is in this answer and in the letter, and nowhere else: only its hash is kept. */
  @Post()
  async create(
    @Body({ schema: createSignUpInvitationSchema })
    { email, expiresInDays }: z.output<typeof createSignUpInvitationSchema>,
    @Req() request: FastifyRequest,
  ): Promise<CreatedSignUpInvitation> {
    const { text: secret } = generateSecretToken('code');
    const [id, invitedBy, lifetimeSeconds] = [newLinkId(), userOf(request).username, expiresInDays * DAY_SECONDS];
    const template = 'sign-up-invitation';
    const link = { secret, reference: id, lifetimeSeconds };
    const letter =
      email === null
        ? null
        : this.mailroom.prepare({ template, recipient: email, facts: { inviter: invitedBy }, link });
    const hash = new Uint8Array(hashSecretToken(secret));
    const invitation = { id, email, hash, invitedBy, lifetimeSeconds, letter };
    const record = await this.store.create(invitation, callerOf(request).actor);
    return { ...toSignUpInvitation(record), link: this.mailroom.link(template, secret).href };
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isGone = z.uuid().safeParse(id).success && (await this.store.delete(id, callerOf(request).actor));
    if (!isGone) throw notFound('The invitation');
  }
}

function toSignUpInvitation({ id, email, invitedBy, ...record }: SignUpInvitationRecord): SignUpInvitation {
  const { createdAt, expiresAt } = record;
  return { id, email, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
