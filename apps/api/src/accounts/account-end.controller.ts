import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { type AccountEnd, type DeleteAccount, deleteAccountSchema } from '@stowage/contracts';
import {
  AccountDeletion,
  AccountExport,
  type ExportedAccount,
  NamespaceAdministration,
  ReadOnlyModes,
  type UserRecord,
} from '@stowage/metadata';
import { fieldProblem, ProblemError } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { userOf } from '../access/caller.js';
import { InPerson } from '../access/in-person.guard.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { signOut } from '../access/sessions.js';

/** Taking everything along, and going. */
@Controller('api/v1/account')
export class AccountEndController {
  constructor(
    @Inject(AccountDeletion) private readonly deletion: AccountDeletion,
    @Inject(AccountExport) private readonly exports: AccountExport,
    @Inject(NamespaceAdministration) private readonly namespaces: NamespaceAdministration,
    @Inject(ReadOnlyModes) private readonly modes: ReadOnlyModes,
  ) {}

  @Get('export')
  @InPerson()
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const user = userOf(request);
    const account = await this.exports.find(user);
    void reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="stowage-${user.username}.json"`)
      .send(Readable.from(fileOf(account, this.exports.events(user))));
  }

  @Get('deletion')
  @InPerson()
  async preview(@Req() request: FastifyRequest): Promise<AccountEnd> {
    const { soleOwnerOf, ...end } = await this.deletion.preview(userOf(request));
    return { ...end, soleOwnerOf: [...soleOwnerOf] };
  }

  @Post('deletion')
  @HttpCode(204)
  @Sensitive()
  async delete(
    @Body({ schema: deleteAccountSchema }) { username, repositories }: DeleteAccount,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const user = userOf(request);
    if (username !== user.username)
      throw fieldProblem(400, { field: 'username', message: 'this is not your username' });
    const personal = await this.namespaces.identify(user.username);
    await this.modes.refuseChange(personal?.id ?? null);
    const outcome = await this.deletion.delete(user, { repositories, address: request.ip });
    if (outcome.kind === 'refused') throw refusal(user, outcome.end);
    await signOut(request);
  }
}

/** One object, written as it is read. */
async function* fileOf(account: ExportedAccount, events: AsyncIterable<object>): AsyncGenerator<string> {
  yield `${JSON.stringify(account).slice(0, -1)},"events":[`;
  let separator = '';
  for await (const event of events) {
    yield separator + JSON.stringify(event);
    separator = ',\n';
  }
  yield ']}\n';
}

function refusal(
  { username }: UserRecord,
  {
    soleOwnerOf,
    isLastAdministrator,
    repositories,
  }: {
    readonly soleOwnerOf: readonly string[];
    readonly isLastAdministrator: boolean;
    readonly repositories: number;
  },
): ProblemError {
  if (soleOwnerOf.length > 0) {
    return new ProblemError(409, `Nobody else owns ${soleOwnerOf.join(', ')}. Make somebody else an owner first.`);
  }
  if (isLastAdministrator) {
    return new ProblemError(409, 'A registry keeps at least one administrator. Make somebody else one first.');
  }
  const message = `${username} has ${repositories} repositories; say that number to delete them as well`;
  return fieldProblem(409, { field: 'repositories', message });
}
