import { Controller, Delete, Get, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import type { DeletePreview } from '@stowage/contracts';
import { roleAllows } from '@stowage/auth';
import { DeletionPreviews, Deletions, ImmutableTagError, RepositoryGoneError, TrashPurge } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import { isDigest, isTagName } from '@stowage/oci';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ApiCaller, callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { mayDo, RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';
import { toDeletePreview } from './trash-view.js';

/** Repositories and namespaces go to the trash; and what any deletion would take, before it does. */
@Controller('api/v1/namespaces/:namespace')
export class DeletionController {
  constructor(
    @Inject(NamespaceAccess) private readonly namespaces: NamespaceAccess,
    @Inject(RepositoryAccess) private readonly repositories: RepositoryAccess,
    @Inject(Deletions) private readonly deletions: Deletions,
    @Inject(DeletionPreviews) private readonly previews: DeletionPreviews,
    @Inject(TrashPurge) private readonly purges: TrashPurge,
  ) {}

  @Delete()
  @HttpCode(204)
  async deleteNamespace(
    @Param('namespace') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const caller = callerOf(request);
    const namespace = await this.namespaces.allowed(name, caller, 'namespace-settings');
    const overrulesTagRules = roleAllows(namespace.role, 'repository-settings');
    const outcome = await this.deletions
      .namespace({ namespace, actor: caller.actor, overrulesTagRules })
      .catch((error: unknown) => {
        throw toRuleProblem(error);
      });
    if (outcome.kind === 'gone') throw notFound(`The namespace ${namespace.name}`);
    if (outcome.kind === 'personal')
      throw new ProblemError(409, 'A personal namespace goes with the account of its person; delete that instead.');
    await this.#settle(outcome.entryId, caller, { reply, location: `/trashed-namespaces/${outcome.entryId}` });
  }

  @Get('delete-preview')
  async previewNamespace(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<DeletePreview> {
    const { id } = await this.namespaces.allowed(name, callerOf(request), 'namespace-settings');
    return toDeletePreview(await this.previews.ofNamespace(id));
  }

  @Delete('repositories/:repository')
  @HttpCode(204)
  async deleteRepository(
    @Param() params: RepositoryParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const caller = callerOf(request);
    const repository = await this.repositories.allowed(params, caller, 'repository-settings');
    const location = `/namespaces/${repository.namespace}/trash`;
    try {
      const overrulesTagRules = mayDo(repository, 'repository-settings');
      const entryId = await this.deletions.repository({ repository, actor: caller.actor, overrulesTagRules });
      await this.#settle(entryId, caller, { reply, location: `${location}/${entryId}` });
    } catch (error) {
      if (error instanceof RepositoryGoneError) throw notFound(`The repository ${repository.name}`);
      throw toRuleProblem(error);
    }
  }

  @Get('repositories/:repository/delete-preview')
  async previewRepository(@Param() params: RepositoryParams, @Req() request: FastifyRequest): Promise<DeletePreview> {
    const repository = await this.repositories.allowed(params, callerOf(request), 'repository-settings');
    return toDeletePreview(await this.previews.ofRepository(repository));
  }

  @Get('repositories/:repository/tags/:tag/delete-preview')
  async previewTag(
    @Param() params: RepositoryParams & { readonly tag: string },
    @Req() request: FastifyRequest,
  ): Promise<DeletePreview> {
    const { id } = await this.repositories.allowed(params, callerOf(request), 'delete');
    if (!isTagName(params.tag)) throw notFound(`The tag ${params.tag.slice(0, 128)}`);
    const preview = await this.previews.ofContent({ repositoryId: id, manifests: [], tags: [params.tag] });
    if (!preview) throw notFound(`The tag ${params.tag}`);
    return toDeletePreview(preview);
  }

  @Get('repositories/:repository/manifests/:digest/delete-preview')
  async previewManifest(
    @Param() params: RepositoryParams & { readonly digest: string },
    @Req() request: FastifyRequest,
  ): Promise<DeletePreview> {
    const { id } = await this.repositories.allowed(params, callerOf(request), 'delete');
    const { digest } = params;
    const preview = isDigest(digest)
      ? await this.previews.ofContent({ repositoryId: id, manifests: [digest], tags: [] })
      : undefined;
    if (!preview) throw notFound(`The image ${digest.slice(0, 80)}`);
    return toDeletePreview(preview);
  }

  /** Without a trash the purge begins at once; a worker goes on with what is large. */
  async #settle(
    entryId: string,
    { actor }: ApiCaller,
    { reply, location }: { readonly reply: FastifyReply; readonly location: string },
  ): Promise<void> {
    if (this.deletions.terms.trashSeconds > 0) {
      void reply.header('location', `/api/v1${location}`);
      return;
    }
    await this.purges.purge(entryId, { now: true, actor, signal: AbortSignal.timeout(5_000) });
  }
}

/** 409, with the rule and what to do; anything else as it was. */
function toRuleProblem(error: unknown): unknown {
  if (!(error instanceof ImmutableTagError)) return error;
  const { held, repository, rule } = error;
  return new ProblemError(
    409,
    `The tag ${held.tag} of ${repository} is immutable by the rule “${rule.words}” of its ${rule.of}. Ask somebody who may change the rules.`,
    { cause: error },
  );
}
