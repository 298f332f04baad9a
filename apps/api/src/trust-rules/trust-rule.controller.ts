import { randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  type CreateTrustRule,
  createTrustRuleSchema,
  openToStrangers,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type TestTrustRules,
  testTrustRulesSchema,
  type TrustRule,
  type TrustRuleTest,
} from '@stowage/contracts';
import {
  AlreadyExistsError,
  ForeignGrantError,
  MAX_TRUST_RULES,
  TooManyTrustRulesError,
  type TrustRuleRecord,
  TrustRuleStore,
} from '@stowage/metadata';
import { fieldProblem, notFound, ProblemError } from '@stowage/nest-kit';
import { InvalidIssuerError, IssuerPolicy } from '@stowage/oidc';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { parseCursor, toPage } from '../cursors.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { TrustRuleTester } from './trust-rule-tester.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which CI jobs a namespace lets in. */
@Controller('api/v1/namespaces/:namespace/trust-rules')
export class TrustRuleController {
  constructor(
    @Inject(TrustRuleStore) private readonly store: TrustRuleStore,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
    @Inject(IssuerPolicy) private readonly issuers: IssuerPolicy,
    @Inject(TrustRuleTester) private readonly tester: TrustRuleTester,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<TrustRule>> {
    const namespace = await this.access.allowed(name, callerOf(request), 'trust-rules');
    const rows = await this.store.list(namespace, { last: parseCursor(query.cursor), limit: query.limit + 1 });
    return toPage(rows, query.limit, { item: toTrustRule, key: (row) => row.name });
  }

  @Post()
  async create(
    @Param('namespace') name: string,
    @Body({ schema: createTrustRuleSchema }) body: CreateTrustRule,
    @Req() request: FastifyRequest,
  ): Promise<TrustRule> {
    const namespace = await this.access.allowed(name, callerOf(request), 'trust-rules');
    this.#refuseIssuer(body);
    const rule = { ...body, name: body.name ?? `rule-${randomBytes(4).toString('hex')}` };
    try {
      return toTrustRule(await this.store.create(namespace, rule, callerOf(request).actor));
    } catch (error) {
      throw toProblem(error);
    }
  }

  @Post('test')
  @HttpCode(200)
  async test(
    @Param('namespace') name: string,
    @Body({ schema: testTrustRulesSchema }) { token }: TestTrustRules,
    @Req() request: FastifyRequest,
  ): Promise<TrustRuleTest> {
    const namespace = await this.access.allowed(name, callerOf(request), 'trust-rules');
    return this.tester.test(token, await this.store.list(namespace, { last: '', limit: MAX_TRUST_RULES }));
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param() params: { namespace: string; id: string }, @Req() request: FastifyRequest): Promise<void> {
    const namespace = await this.access.allowed(params.namespace, callerOf(request), 'trust-rules');
    const isGone = UUID.test(params.id) && (await this.store.delete(namespace, params.id, callerOf(request).actor));
    if (!isGone) throw notFound('The trust rule');
  }

  #refuseIssuer({ issuer, claims }: CreateTrustRule): void {
    try {
      this.issuers.parse(issuer);
    } catch (error) {
      if (!(error instanceof InvalidIssuerError)) throw error;
      throw fieldProblem(400, { field: 'issuer', message: error.message }, error);
    }
    const message = openToStrangers(issuer, claims);
    if (message !== undefined) throw fieldProblem(400, { field: 'claims', message });
  }
}

function toProblem(error: unknown): unknown {
  if (error instanceof AlreadyExistsError) {
    return fieldProblem(409, { field: 'name', message: 'a rule of this name is there already' }, error);
  }
  if (error instanceof ForeignGrantError) return fieldProblem(400, { field: 'grants', message: error.message }, error);
  if (error instanceof TooManyTrustRulesError) {
    return new ProblemError(409, `${error.message}. Delete one that is not used any more.`, { cause: error });
  }
  return error;
}

function toTrustRule({ createdAt, lastUsedAt, grants, ...rule }: TrustRuleRecord): TrustRule {
  return {
    ...rule,
    grants: [...grants],
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
