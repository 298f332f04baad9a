import { Controller, Delete, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { generateSecretToken, hashSecretToken, hintOf } from '@stowage/auth';
import { type CreatedRobotSecret, MAX_ROBOT_SECRETS } from '@stowage/contracts';
import { RobotSecretStore, type RobotTarget } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../access/caller.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { unknownRobot } from './robot.controller.js';
import { toRobotSecret } from './robot-view.js';

interface SecretParams {
  readonly namespace: string;
  readonly name: string;
}

@Controller('api/v1/namespaces/:namespace/robots/:name/secrets')
export class RobotSecretController {
  constructor(
    @Inject(RobotSecretStore) private readonly store: RobotSecretStore,
    @Inject(NamespaceAccess) private readonly access: NamespaceAccess,
  ) {}

  @Post()
  async create(@Param() params: SecretParams, @Req() request: FastifyRequest): Promise<CreatedRobotSecret> {
    const { text } = generateSecretToken('robot');
    const secret = { hash: hashSecretToken(text), hint: hintOf(text) };
    const added = await this.store.add(await this.#target(params, request), secret);
    if (added === 'unknown') throw unknownRobot(params.name);
    if (added === 'too many') {
      throw new ProblemError(409, `A robot has ${MAX_ROBOT_SECRETS} secrets at most. Take one back first.`);
    }
    return { ...toRobotSecret(added), secret: text };
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Param() params: SecretParams & { readonly id: string }, @Req() request: FastifyRequest): Promise<void> {
    const target = await this.#target(params, request);
    const isGone = z.uuid().safeParse(params.id).success && (await this.store.delete(params.id, target));
    if (!isGone) throw notFound('The secret');
  }

  async #target({ namespace, name }: SecretParams, request: FastifyRequest): Promise<RobotTarget> {
    const caller = callerOf(request);
    return { namespace: await this.access.allowed(namespace, caller, 'robots'), name, actor: caller.actor };
  }
}
