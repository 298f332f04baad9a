import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import {
  type Page,
  type PageQuery,
  type RepositoryUsage,
  repositoryUsageQuerySchema,
  type Usage,
  type UsageSummary,
} from '@stowage/contracts';
import {
  NamespaceAdministration,
  type NamespaceRecord,
  NamespaceStore,
  shownLimit,
  UsageReport,
  UsageSamples,
} from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { foreignCursor, parseCursor, toPage } from '../cursors.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { fullOn, growthPerDay } from './growth.js';
import { toFreeingManifest, toRepositoryUsage } from './usage-view.js';

const SHOWN_REPOSITORIES = 50;
const SHOWN_MANIFESTS = 10;
const SHOWN_DAYS = 90;

/** What a namespace uses, for its members. */
@Controller('api/v1/namespaces/:namespace/usage')
export class UsageController {
  constructor(
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
    @Inject(NamespaceStore) private readonly namespaces: NamespaceStore,
    @Inject(NamespaceAdministration) private readonly limits: NamespaceAdministration,
    @Inject(UsageReport) private readonly report: UsageReport,
    @Inject(UsageSamples) private readonly samples: UsageSamples,
  ) {}

  @Get()
  async usage(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<Usage> {
    const namespace = await this.access.allowed(name, callerOf(request), 'browse');
    const { id } = namespace;
    const [limited, summary, { largest, ...breakdown }, repositories, samples] = await Promise.all([
      this.limits.find(namespace.name),
      this.#summary(namespace),
      this.report.breakdown(id, { largest: SHOWN_MANIFESTS }),
      this.report.repositories(id, { after: null, limit: SHOWN_REPOSITORIES }),
      this.samples.list(id, SHOWN_DAYS),
    ]);
    if (!limited) throw notFound(`The namespace ${namespace.name}`);
    const today = new Date();
    const growthBytesPerDay = growthPerDay(samples, today);
    return {
      ...summary,
      ...breakdown,
      trashUntil: breakdown.trashUntil?.toISOString() ?? null,
      plan: limited.plan,
      limits: limited.limits,
      counts: {
        privateRepositories: limited.privateRepositoryCount,
        members: limited.memberCount,
        robots: limited.robotCount,
      },
      repositories: repositories.map(toRepositoryUsage),
      largest: largest.map(toFreeingManifest),
      samples,
      growthBytesPerDay,
      fullOn: fullOn(summary, growthBytesPerDay, today),
    };
  }

  @Get('summary')
  async summary(@Param('namespace') name: string, @Req() request: FastifyRequest): Promise<UsageSummary> {
    return this.#summary(await this.access.allowed(name, callerOf(request), 'browse'));
  }

  @Get('repositories')
  async repositories(
    @Param('namespace') name: string,
    @Query({ schema: repositoryUsageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<RepositoryUsage>> {
    const { id } = await this.access.allowed(name, callerOf(request), 'browse');
    const page = { after: parsePlace(query.cursor), limit: query.limit + 1 };
    const rows = await this.report.repositories(id, page);
    return toPage(rows, query.limit, { item: toRepositoryUsage, key: ({ position }) => position });
  }

  async #summary({ id }: NamespaceRecord): Promise<UsageSummary> {
    const { limitBytes, ...usage } = await this.namespaces.usage(id);
    return { ...usage, limitBytes: shownLimit(limitBytes) };
  }
}

const PLACE = /^(\d{1,16})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function parsePlace(cursor: string | undefined): { bytes: number; id: string } | null {
  const text = parseCursor(cursor);
  if (text === '') return null;
  const [, bytes, id] = PLACE.exec(text) ?? [];
  if (bytes === undefined || id === undefined) throw foreignCursor();
  return { bytes: Number(bytes), id };
}
