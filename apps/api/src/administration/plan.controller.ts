import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import { type ChangePlan, changePlanSchema, createPlanSchema, type Page, type Plan } from '@stowage/contracts';
import { AlreadyExistsError, type PlanRecord, PlanStore, toLimits } from '@stowage/metadata';
import { fieldProblem, notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { callerOf } from '../access/caller.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { present } from '../present.js';
import { ForAdministrators } from './administrator.guard.js';

/** Named sets of limits that namespaces are on. */
@ForAdministrators()
@Controller('api/v1/admin/plans')
export class PlanController {
  constructor(
    @Inject(PlanStore) private readonly plans: PlanStore,
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
  ) {}

  @Get()
  async list(): Promise<Page<Plan>> {
    return { items: (await this.plans.list()).map((plan) => this.#toPlan(plan)), nextCursor: null };
  }

  @Post()
  async create(
    @Body({ schema: createPlanSchema }) body: z.output<typeof createPlanSchema>,
    @Req() request: FastifyRequest,
  ): Promise<Plan> {
    await this.plans.create(body, callerOf(request).actor).catch(refuseTaken);
    return this.#find(body.name);
  }

  @Patch(':plan')
  async change(
    @Param('plan') name: string,
    @Body({ schema: changePlanSchema }) body: ChangePlan,
    @Req() request: FastifyRequest,
  ): Promise<Plan> {
    await this.plans.change(name, present(body), callerOf(request).actor).catch(refuseTaken);
    return this.#find(body.name ?? name);
  }

  @Delete(':plan')
  @HttpCode(204)
  async delete(@Param('plan') name: string, @Req() request: FastifyRequest): Promise<void> {
    const outcome = await this.plans.delete(name, callerOf(request).actor);
    if (outcome === 'unknown') throw unknownPlan(name);
    if (outcome === 'default')
      throw new ProblemError(409, 'New namespaces get this plan. Make another one the default first.');
    if (outcome === 'in use')
      throw new ProblemError(409, 'Some namespaces are on this plan. Put them on another one first.');
  }

  async #find(name: string): Promise<Plan> {
    const plan = await this.plans.find(name);
    if (!plan) throw unknownPlan(name);
    return this.#toPlan(plan);
  }

  #toPlan({ name, description, isDefault, namespaceCount, createdAt, storageBytes, ...limits }: PlanRecord): Plan {
    return {
      name,
      description,
      isDefault,
      namespaceCount,
      limits: toLimits({ ...limits, storageBytes: storageBytes ?? this.options.defaultQuotaBytes }),
      isStorageConfigured: storageBytes === null,
      createdAt: createdAt.toISOString(),
    };
  }
}

export function unknownPlan(name: string): ProblemError {
  return notFound(`The plan ${name.slice(0, 100)}`);
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof AlreadyExistsError)) throw error;
  throw fieldProblem(409, { field: 'name', message: 'there is a plan of this name already' }, error);
}
