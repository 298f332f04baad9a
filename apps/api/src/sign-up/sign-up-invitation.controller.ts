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
import {
  newLinkId,
  type NewSignUpInvitation,
  type SignUpInvitationRecord,
  SignUpInvitationStore,
} from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf, userOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { parsePosition, toPage } from '../cursors.js';

const DAY_SECONDS = 24 * 60 * 60;
/** As a new one has unless somebody says otherwise. */
const RENEWED_DAYS = 7;

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
  @Sensitive()
  async create(
    @Body({ schema: createSignUpInvitationSchema })
    { email, expiresInDays }: z.output<typeof createSignUpInvitationSchema>,
    @Req() request: FastifyRequest,
  ): Promise<CreatedSignUpInvitation> {
    const by = userOf(request).username;
    const { link, ...invitation } = this.#invitation({ id: newLinkId(), email }, { days: expiresInDays, by });
    const record = await this.store.create(invitation, callerOf(request).actor);
    return { ...toSignUpInvitation(record), link };
  }

  /** For who has lost the letter or has come too late. */
  @Post(':id/renew')
  @HttpCode(200)
  @Sensitive()
  async renew(@Param('id') id: string, @Req() request: FastifyRequest): Promise<CreatedSignUpInvitation> {
    const found = z.uuid().safeParse(id).success ? await this.store.find(id) : undefined;
    if (!found) throw notFound('The invitation');
    const { link, ...renewed } = this.#invitation(found, { days: RENEWED_DAYS, by: userOf(request).username });
    const isRenewed = await this.store.renew(renewed, callerOf(request).actor);
    const record = isRenewed ? await this.store.find(id) : undefined;
    if (!record) throw notFound('The invitation');
    return { ...toSignUpInvitation(record), link };
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isGone = z.uuid().safeParse(id).success && (await this.store.delete(id, callerOf(request).actor));
    if (!isGone) throw notFound('The invitation');
  }

  /** With a code of its own, and the letter that brings it. */
  #invitation(
    { id, email }: Pick<SignUpInvitationRecord, 'id' | 'email'>,
    { days, by: invitedBy }: { readonly days: number; readonly by: string },
  ): NewSignUpInvitation & { readonly link: string } {
    const { text: secret } = generateSecretToken('code');
    const lifetimeSeconds = days * DAY_SECONDS;
    const template = 'sign-up-invitation';
    const link = { secret, reference: id, lifetimeSeconds };
    const facts = { inviter: invitedBy };
    const letter = email === null ? null : this.mailroom.prepare({ template, recipient: email, facts, link });
    const hash = new Uint8Array(hashSecretToken(secret));
    return { id, email, hash, invitedBy, lifetimeSeconds, letter, link: this.mailroom.link(template, secret).href };
  }
}

function toSignUpInvitation({ id, email, invitedBy, ...record }: SignUpInvitationRecord): SignUpInvitation {
  const { createdAt, expiresAt } = record;
  return { id, email, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
