import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  type CompletePasswordReset,
  completePasswordResetSchema,
  type CreatedPasswordReset,
  type CreatePasswordReset,
  createPasswordResetSchema,
  type RequestPasswordReset,
  requestPasswordResetSchema,
} from '@stowage/contracts';
import { Public } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { PasswordResets } from './password-resets.js';

@Controller('api/v1')
export class PasswordResetController {
  constructor(@Inject(PasswordResets) private readonly resets: PasswordResets) {}

  @Public()
  @Post('password-resets')
  @HttpCode(202)
  async request(
    @Body({ schema: requestPasswordResetSchema }) { login }: RequestPasswordReset,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.resets.request(login, request.ip);
  }

  /** Signs nobody in: who has a second factor is asked for it at the next sign-in. */
  @Public()
  @Post('password-resets/complete')
  @HttpCode(204)
  async complete(
    @Body({ schema: completePasswordResetSchema }) body: CompletePasswordReset,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.resets.complete(body, request.ip);
  }

  @ForAdministrators()
  @Sensitive()
  @Post('admin/users/:username/password-resets')
  async create(
    @Param('username') username: string,
    @Body({ schema: createPasswordResetSchema }) body: CreatePasswordReset,
    @Req() request: FastifyRequest,
  ): Promise<CreatedPasswordReset> {
    return this.resets.create(username, body, callerOf(request).actor);
  }
}
