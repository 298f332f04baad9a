import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { isReservedName } from '@stowage/auth';
import {
  type ConvertAccount,
  convertAccountSchema,
  type RenameAccount,
  renameAccountSchema,
  type Session,
} from '@stowage/contracts';
import {
  convertAccount,
  Database,
  MAX_OLD_NAMES,
  NamespaceAdministration,
  ReadOnlyModes,
  renameAccount,
  type UserRecord,
} from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';
import type { NamespaceName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { callerOf, signInNeeded, userOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { toNameProblem } from '../namespaces/name-problem.js';
import { toUser } from './user-view.js';

/** What somebody is called, and becomes. */
@Controller('api/v1/account')
export class AccountNameController {
  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(Database) private readonly database: Database,
    @Inject(NamespaceAdministration) private readonly namespaces: NamespaceAdministration,
    @Inject(ReadOnlyModes) private readonly modes: ReadOnlyModes,
  ) {}

  @Post('username')
  @HttpCode(200)
  @Sensitive()
  async rename(
    @Body({ schema: renameAccountSchema }) body: RenameAccount,
    @Req() request: FastifyRequest,
  ): Promise<Session> {
    const { user, username } = await this.#mayBecome(request, body.username);
    const { actor } = callerOf(request);
    const outcome = await renameAccount(this.database, { userId: user.id, username, actor }).catch(throwNameProblem);
    if (outcome === 'gone') throw signInNeeded();
    if (outcome === 'too many old names') {
      const where = `under the settings of the namespace ${user.username}`;
      throw new ProblemError(409, `An account keeps ${MAX_OLD_NAMES} old names at most. Give one up first, ${where}.`);
    }
    return { user: toUser({ ...user, username }) };
  }

  @Post('organization')
  @HttpCode(200)
  @Sensitive()
  async convert(
    @Body({ schema: convertAccountSchema }) { owners, role, ...body }: ConvertAccount,
    @Req() request: FastifyRequest,
  ): Promise<Session> {
    const { user, username } = await this.#mayBecome(request, body.username);
    if (username === user.username) {
      const message = 'the organisation keeps this name; choose another one for yourself';
      throw fieldProblem(400, { field: 'username', message });
    }
    const { actor } = callerOf(request);
    const limitBytes = this.options.defaultQuotaBytes;
    const conversion = { userId: user.id, username, owners, role, limitBytes, actor };
    const outcome = await convertAccount(this.database, conversion).catch(throwNameProblem);
    if (outcome.kind === 'gone') throw signInNeeded();
    if (outcome.kind === 'not an owner') throw unfitOwner(user, outcome.username);
    return { user: toUser({ ...user, username }) };
  }

  /** Throws 400 for a name that nobody gets, and what read-only mode refuses with. */
  async #mayBecome(
    request: FastifyRequest,
    name: string,
  ): Promise<{ readonly user: UserRecord; readonly username: NamespaceName }> {
    const user = userOf(request);
    const username = name as NamespaceName;
    if (isReservedName(username)) throw fieldProblem(400, { field: 'username', message: 'this name is reserved' });
    const own = await this.namespaces.identify(user.username);
    await this.modes.refuseChange(own?.id ?? null);
    return { user, username };
  }
}

function throwNameProblem(error: unknown): never {
  throw toNameProblem(error, 'username');
}

/** Whether somebody is here is told to whoever may add them to a namespace anyway. */
function unfitOwner(user: UserRecord, username: string): ProblemError {
  const message =
    username === user.username
      ? 'somebody else has to own it; you choose your own role below'
      : `there is nobody called ${username} who can sign in`;
  return fieldProblem(400, { field: 'owners', message });
}
