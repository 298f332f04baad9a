import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { type Page, type PageQuery, pageQuerySchema, type PendingLink, type RevealedLink } from '@stowage/contracts';
import { Mailroom } from '@stowage/mail';
import { type PendingLinkRecord, PendingLinks } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { parsePosition, toPage } from '../cursors.js';

/** Links that wait in letters: all of them where no mail is sent, and those that the mail server did not take. */
@ForAdministrators()
@Controller('api/v1/admin/pending-links')
export class PendingLinkController {
  constructor(
    @Inject(PendingLinks) private readonly links: PendingLinks,
    @Inject(Mailroom) private readonly mailroom: Mailroom,
  ) {}

  @Get()
  async list(@Query({ schema: pageQuerySchema }) query: PageQuery): Promise<Page<PendingLink>> {
    const rows = await this.links.list({ before: parsePosition(query.cursor), limit: query.limit + 1 });
    return toPage(rows, query.limit, { item: toPendingLink, key: ({ position }) => position });
  }

  @Post(':id/reveal')
  @HttpCode(200)
  @Sensitive()
  async reveal(@Param('id') id: string, @Req() request: FastifyRequest): Promise<RevealedLink> {
    const mail = z.uuid().safeParse(id).success ? await this.links.reveal(id, callerOf(request).actor) : undefined;
    const link = mail && this.mailroom.linkOf(mail);
    if (!link) throw notFound('The link');
    return { link: link.href };
  }
}

function toPendingLink({ id, template, facts, createdAt, expiresAt, ...record }: PendingLinkRecord): PendingLink {
  const { username } = facts;
  return {
    id,
    letter: template,
    recipient: record.recipient,
    username: typeof username === 'string' ? username : null,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    attempts: record.attempts,
    failure: record.failure,
  };
}
