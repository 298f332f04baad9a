import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import {
  type AccountEmail,
  type ChangeEmail,
  changeEmailSchema,
  type ConfirmedEmail,
  type ConfirmEmail,
  confirmEmailSchema,
} from '@stowage/contracts';
import { Public } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { Addresses } from './addresses.js';

@Controller('api/v1')
export class AddressController {
  constructor(@Inject(Addresses) private readonly addresses: Addresses) {}

  @Get('account/email')
  async find(@Req() request: FastifyRequest): Promise<AccountEmail> {
    return this.addresses.find(userOf(request));
  }

  @Sensitive()
  @Post('account/email')
  @HttpCode(202)
  async change(
    @Body({ schema: changeEmailSchema }) { email }: ChangeEmail,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.addresses.requestChange(userOf(request), email, callerOf(request).actor);
  }

  @Delete('account/email')
  @HttpCode(204)
  async cancel(@Req() request: FastifyRequest): Promise<void> {
    await this.addresses.cancelChange(userOf(request), callerOf(request).actor);
  }

  @Post('account/email/verification')
  @HttpCode(202)
  async sendProof(@Req() request: FastifyRequest): Promise<void> {
    await this.addresses.sendProof(userOf(request), callerOf(request).actor);
  }

  @Public()
  @Post('email-confirmations')
  @HttpCode(200)
  async confirm(
    @Body({ schema: confirmEmailSchema }) { code }: ConfirmEmail,
    @Req() request: FastifyRequest,
  ): Promise<ConfirmedEmail> {
    return this.addresses.confirm(code, request.ip);
  }
}
