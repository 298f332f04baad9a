import { Controller, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import { Mailroom } from '@stowage/mail';
import { Database, takeOverNamespace } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { ForAdministrators } from './administrator.guard.js';

/** Owners for namespaces that have lost theirs. */
@ForAdministrators()
@Controller('api/v1/admin/namespaces/:namespace/owners')
export class TakeOverController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Mailroom) private readonly mailroom: Mailroom,
  ) {}

  @Put(':username')
  @HttpCode(204)
  @Sensitive()
  async put(
    @Param() { namespace, username }: { namespace: string; username: string },
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const facts = { namespace, username, administrator: userOf(request).username };
    const { actor } = callerOf(request);
    const outcome = await takeOverNamespace(this.database, {
      namespace,
      username,
      actor,
      notice: ({ email }) => this.mailroom.prepare({ template: 'namespace-taken-over', recipient: email, facts }),
    });
    if (outcome === 'unknown namespace') throw notFound(`The namespace ${namespace.slice(0, 100)}`);
    if (outcome === 'unknown user') throw notFound(`The user ${username.slice(0, 100)}`);
    if (outcome === 'personal') {
      throw new ProblemError(
        409,
        'A personal namespace belongs to its person. Give the person a new password instead.',
      );
    }
  }
}
