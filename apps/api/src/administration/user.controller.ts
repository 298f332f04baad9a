import { Body, Controller, Get, Inject, Param, Patch, Query, Req } from '@nestjs/common';
import {
  type ChangeUser,
  changeUserSchema,
  type ManagedUser,
  type Page,
  type UserQuery,
  userQuerySchema,
} from '@stowage/contracts';
import { type ManagedUserRecord, UserAdministration } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor, toPage } from '../cursors.js';
import { ForAdministrators } from './administrator.guard.js';

@ForAdministrators()
@Controller('api/v1/admin/users')
export class UserController {
  constructor(@Inject(UserAdministration) private readonly users: UserAdministration) {}

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
}

function toManagedUser({ createdAt, disabledAt, lastUsedAt, ...user }: ManagedUserRecord): ManagedUser {
  return {
    ...user,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
