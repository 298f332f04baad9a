import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Query, Req } from '@nestjs/common';
import {
  type ChangeUser,
  changeUserSchema,
  type ManagedUser,
  type Page,
  type UserQuery,
  userQuerySchema,
} from '@stowage/contracts';
import { Database, type ManagedUserRecord, resetSecondFactors, UserAdministration } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { parseCursor, toPage } from '../cursors.js';
import { ForAdministrators } from './administrator.guard.js';

@ForAdministrators()
@Controller('api/v1/admin/users')
export class UserController {
  constructor(
    @Inject(UserAdministration) private readonly users: UserAdministration,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get()
  async list(@Query({ schema: userQuerySchema }) query: UserQuery): Promise<Page<ManagedUser>> {
    const { search, limit } = query;
    const rows = await this.users.list({ search, last: parseCursor(query.cursor), limit: limit + 1 });
    return toPage(rows, limit, { item: toManagedUser, key: ({ username }) => username });
  }

  @Patch(':username')
  async change(
    @Param('username') username: string,
    @Body({ schema: changeUserSchema }) body: ChangeUser,
    @Req() request: FastifyRequest,
  ): Promise<ManagedUser> {
    const outcome = await this.users.change(username, body, callerOf(request).actor);
    if (outcome === 'last administrator') {
      throw new ProblemError(409, 'A registry keeps at least one administrator. Make somebody else one first.');
    }
    const user = outcome === 'unknown' ? undefined : await this.users.find(username);
    if (!user) throw notFound(`The user ${username.slice(0, 100)}`);
    return toManagedUser(user);
  }

  @Delete(':username/second-factors')
  @HttpCode(204)
  @Sensitive()
  async resetSecondFactors(@Param('username') username: string, @Req() request: FastifyRequest): Promise<void> {
    const outcome = await resetSecondFactors(this.database, username, callerOf(request).actor);
    if (outcome === 'unknown') throw notFound(`The user ${username.slice(0, 100)}`);
    if (outcome === 'none') throw new ProblemError(409, 'This account has no second factor.');
  }
}

function toManagedUser({ createdAt, disabledAt, lastUsedAt, ...user }: ManagedUserRecord): ManagedUser {
  return {
    ...user,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
