import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Req } from '@nestjs/common';
import { generateTotpKey, totpUri } from '@stowage/authenticators';
import {
  type EnabledTotp,
  type EnableTotp,
  enableTotpSchema,
  type RecoveryCodes,
  type SecondFactors as SecondFactorsView,
  type TotpKey,
} from '@stowage/contracts';
import { PasskeyStore, SecondFactorStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf, userOf } from '../access/caller.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { toPasskey } from './passkey-view.js';
import { SecondFactors } from './second-factors.js';

/** The second factors of the own account. */
@Controller('api/v1/account')
export class SecondFactorController {
  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(SecondFactorStore) private readonly store: SecondFactorStore,
    @Inject(PasskeyStore) private readonly passkeys: PasskeyStore,
  ) {}

  @Get('second-factors')
  async find(@Req() request: FastifyRequest): Promise<SecondFactorsView> {
    const { id } = userOf(request);
    const { totpSince, recoveryCodesLeft } = await this.store.find(id);
    const passkeys = await this.passkeys.list(id);
    return {
      totp: totpSince && { since: totpSince.toISOString() },
      passkeys: passkeys.map(toPasskey),
      recoveryCodesLeft,
    };
  }

  /** Nothing is kept of it: `PUT /account/totp` brings it back with a code that proves it. */
  @Post('totp/key')
  @HttpCode(200)
  @Sensitive()
  key(@Req() request: FastifyRequest): TotpKey {
    const key = generateTotpKey();
    const issuer = `Stowage ${this.options.publicUrl.host}`;
    return { key, uri: totpUri({ issuer, account: userOf(request).username, key }) };
  }

  @Put('totp')
  @Sensitive()
  async enableTotp(
    @Body({ schema: enableTotpSchema }) body: EnableTotp,
    @Req() request: FastifyRequest,
  ): Promise<EnabledTotp> {
    return this.factors.enableTotp(userOf(request), body, callerOf(request).actor);
  }

  @Delete('totp')
  @HttpCode(204)
  @Sensitive()
  async disableTotp(@Req() request: FastifyRequest): Promise<void> {
    const { id } = userOf(request);
    if (!(await this.store.disableTotp(id, callerOf(request).actor))) throw notFound('The authenticator app');
  }

  @Post('recovery-codes')
  @Sensitive()
  async replaceRecoveryCodes(@Req() request: FastifyRequest): Promise<RecoveryCodes> {
    return { recoveryCodes: await this.factors.replaceRecoveryCodes(userOf(request), callerOf(request).actor) };
  }
}
