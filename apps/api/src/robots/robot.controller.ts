import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { generateSecretToken, hashSecretToken, hintOf } from '@stowage/auth';
import {
  type CreatedRobot,
  createRobotSchema,
  type Page,
  type Robot,
  type RobotQuery,
  robotQuerySchema,
  type UpdateRobot,
  updateRobotSchema,
} from '@stowage/contracts';
import { AlreadyExistsError, type NamespaceRecord, RobotStore } from '@stowage/metadata';
import { fieldProblem, notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { callerOf } from '../access/caller.js';
import { refuseForeignGrants } from '../namespaces/foreign-grants.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { present } from '../present.js';
import { sortedPage, toSortedPage } from '../sorted-lists.js';
import { toRobot } from './robot-view.js';

@Controller('api/v1/namespaces/:namespace/robots')
export class RobotController {
  constructor(
    @Inject(RobotStore) private readonly store: RobotStore,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Get()
  async list(
    @Param('namespace') name: string,
    @Query({ schema: robotQuerySchema }) query: RobotQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Robot>> {
    const namespace = await this.access.allowed(name, callerOf(request), 'robots');
    const rows = await this.store.list(namespace.id, sortedPage(query, 'name'));
    return toSortedPage(rows, query, toRobot);
  }

  /** The secret is in this answer and nowhere else: only its hash is kept. */
  @Post()
  async create(
    @Param('namespace') name: string,
    @Body({ schema: createRobotSchema }) body: z.output<typeof createRobotSchema>,
    @Req() request: FastifyRequest,
  ): Promise<CreatedRobot> {
    const caller = callerOf(request);
    const namespace = await this.access.allowed(name, caller, 'robots');
    refuseForeignGrants(namespace.name, body.grants);
    const { text } = generateSecretToken('robot');
    const secret = { hash: hashSecretToken(text), hint: hintOf(text) };
    try {
      await this.store.create({ namespace, ...body, secret, actor: caller.actor });
    } catch (error) {
      if (!(error instanceof AlreadyExistsError)) throw error;
      throw fieldProblem(409, { field: 'name', message: 'there is a robot of this name already' }, error);
    }
    return { ...(await this.#find(namespace, body.name)), secret: text };
  }

  @Patch(':name')
  async update(
    @Param() params: { namespace: string; name: string },
    @Body({ schema: updateRobotSchema }) body: UpdateRobot,
    @Req() request: FastifyRequest,
  ): Promise<Robot> {
    const { actor } = callerOf(request);
    const namespace = await this.access.allowed(params.namespace, callerOf(request), 'robots');
    refuseForeignGrants(namespace.name, body.grants);
    const { name } = params;
    if (!(await this.store.change({ namespace, name, actor }, present(body)))) throw unknownRobot(name);
    return this.#find(namespace, name);
  }

  @Delete(':name')
  @HttpCode(204)
  async delete(@Param() params: { namespace: string; name: string }, @Req() request: FastifyRequest): Promise<void> {
    const { actor } = callerOf(request);
    const namespace = await this.access.allowed(params.namespace, callerOf(request), 'robots');
    if (!(await this.store.delete({ namespace, name: params.name, actor }))) throw unknownRobot(params.name);
  }

  async #find(namespace: NamespaceRecord, name: string): Promise<Robot> {
    const robot = await this.store.find(namespace.id, name);
    if (!robot) throw unknownRobot(name);
    return toRobot(robot);
  }
}

export function unknownRobot(name: string): Error {
  return notFound(`The robot ${name.slice(0, 100)}`);
}
