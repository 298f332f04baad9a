import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  type AcceptedTransfer,
  type Page,
  type RequestTransfer,
  requestTransferSchema,
  type Transfer,
} from '@stowage/contracts';
import { formatBytes, layerLimitWords } from '@stowage/distribution';
import {
  LayerTooLargeError,
  QuotaExceededError,
  RepositoryTransfers,
  type TransferOutcome,
  type TransferRecord,
} from '@stowage/metadata';
import { fieldProblem, notFound, ProblemError } from '@stowage/nest-kit';
import { namespaceOf, pathInNamespace } from '@stowage/oci';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { RepositoryAccess, type RepositoryParams } from '../repositories/repository-access.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface TransferParams {
  readonly namespace: string;
  readonly id: string;
}

/** Repositories that change hands: an owner offers, an owner of the other namespace accepts. */
@Controller('api/v1/namespaces/:namespace')
export class TransferController {
  constructor(
    @Inject(RepositoryTransfers) private readonly transfers: RepositoryTransfers,
    @Inject(NamespaceAccess) private readonly namespaces: NamespaceAccess,
    @Inject(RepositoryAccess) private readonly repositories: RepositoryAccess,
    @Inject(API_OPTIONS) private readonly options: Pick<ApiOptions, 'usagePage'>,
  ) {}

  @Post('repositories/:repository/transfer')
  @HttpCode(204)
  async request(
    @Param() params: RepositoryParams,
    @Body({ schema: requestTransferSchema }) body: RequestTransfer,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const caller = callerOf(request);
    const repository = await this.repositories.allowed(params, caller, 'namespace-settings');
    const outcome = await this.transfers.request(repository, body.to, caller.actor);
    if (outcome === 'requested') return;
    const message =
      outcome === 'same namespace' ? 'the repository is in this namespace' : 'there is no namespace of this name';
    throw fieldProblem(409, { field: 'to', message });
  }

  @Get('transfers')
  async list(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<Page<Transfer>> {
    const namespace = await this.namespaces.allowed(name, callerOf(request), 'namespace-settings');
    return { items: (await this.transfers.list(namespace.id)).map(toTransfer), nextCursor: null };
  }

  @Post('transfers/:id/accept')
  @HttpCode(200)
  async accept(@Param() params: TransferParams, @Req() request: FastifyRequest): Promise<AcceptedTransfer> {
    const caller = callerOf(request);
    const namespace = await this.namespaces.allowed(params.namespace, caller, 'namespace-settings');
    if (!UUID.test(params.id)) throw unknownTransfer();
    const outcome = await this.transfers.accept(namespace, params.id, caller.actor).catch((error: unknown) => {
      throw toQuotaProblem(error, namespace.name, this.options.usagePage(namespace.name));
    });
    return toAccepted(outcome, namespace.name);
  }

  @Delete('transfers/:id')
  @HttpCode(204)
  async end(@Param() params: TransferParams, @Req() request: FastifyRequest): Promise<void> {
    const caller = callerOf(request);
    const namespace = await this.namespaces.allowed(params.namespace, caller, 'namespace-settings');
    const isGone = UUID.test(params.id) && (await this.transfers.end(namespace, params.id, caller.actor));
    if (!isGone) throw unknownTransfer();
  }
}

function toTransfer({ createdAt, expiresAt, ...transfer }: TransferRecord): Transfer {
  return { ...transfer, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

function toAccepted(outcome: TransferOutcome, namespace: string): AcceptedTransfer {
  switch (outcome.kind) {
    case 'transferred':
      return { namespace: namespaceOf(outcome.repository), name: pathInNamespace(outcome.repository) };
    case 'unknown':
      throw unknownTransfer();
    case 'name taken':
      throw new ProblemError(
        409,
        `${namespace} has a repository of this name, or an old name of one. Delete it or give the name up, and accept again.`,
      );
  }
}

function toQuotaProblem(error: unknown, namespace: string, page: string): unknown {
  if (error instanceof LayerTooLargeError) {
    const { limitBytes, sizeBytes } = error;
    const words = layerLimitWords({ namespace, limitBytes, sizeBytes, page });
    return new ProblemError(409, `The repository can’t be accepted: ${words}`, { cause: error });
  }
  if (!(error instanceof QuotaExceededError)) return error;
  const { usedBytes, reservedBytes, limitBytes } = error.usage;
  const used = `${formatBytes(usedBytes + reservedBytes)} of ${formatBytes(limitBytes)}`;
  const needed = formatBytes(error.neededBytes);
  return new ProblemError(
    409,
    `${namespace} has no room for it: ${used} are used, and the repository needs ${needed} more. Make room or ask for more, and accept again.`,
    { cause: error },
  );
}

function unknownTransfer(): ProblemError {
  return notFound('The transfer');
}
