import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { isReservedName } from '@stowage/auth';
import { type Alias, type Namespace, type Page, type RenameNamespace, renameNamespaceSchema } from '@stowage/contracts';
import { MAX_OLD_NAMES, NamespaceRenaming } from '@stowage/metadata';
import { fieldProblem, notFound, ProblemError } from '@stowage/nest-kit';
import type { NamespaceName } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from './namespace-access.js';
import { toNamespace } from './namespace-view.js';
import { toNameProblem } from './name-problem.js';

/** What a namespace is called, and was called. */
@Controller('api/v1/namespaces/:namespace')
export class NamespaceNameController {
  constructor(
    @Inject(NamespaceRenaming) private readonly renaming: NamespaceRenaming,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Post('rename')
  @HttpCode(200)
  async rename(
    @Param('namespace') current: string,
    @Body({ schema: renameNamespaceSchema }) body: RenameNamespace,
    @Req() request: FastifyRequest,
  ): Promise<Namespace> {
    const caller = callerOf(request);
    const namespace = await this.access.allowed(current, caller, 'namespace-settings');
    const name = body.name as NamespaceName;
    if (isReservedName(name)) throw fieldProblem(400, { field: 'name', message: 'this name is reserved' });
    const outcome = await this.renaming.rename(namespace, name, caller.actor).catch((error: unknown) => {
      throw toNameProblem(error, 'name');
    });
    if (outcome === 'personal') {
      throw new ProblemError(
        409,
        'A personal namespace is called as its person is. Change your username on the account page.',
      );
    }
    if (outcome === 'too many old names') {
      throw new ProblemError(409, `A namespace keeps ${MAX_OLD_NAMES} old names at most. Give one of them up first.`);
    }
    return toNamespace(await this.access.visible(name, caller));
  }

  @Get('aliases')
  async aliases(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<Page<Alias>> {
    const namespace = await this.access.allowed(name, callerOf(request), 'namespace-settings');
    return { items: await this.renaming.aliases(namespace.id), nextCursor: null };
  }

  @Delete('aliases/:alias')
  @HttpCode(204)
  async giveUp(@Param() params: { namespace: string; alias: string }, @Req() request: FastifyRequest): Promise<void> {
    const caller = callerOf(request);
    const namespace = await this.access.allowed(params.namespace, caller, 'namespace-settings');
    if (!(await this.renaming.giveUp(namespace, params.alias, caller.actor))) {
      throw notFound(`The old name ${params.alias.slice(0, 200)}`);
    }
  }
}
