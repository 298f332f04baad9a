import { Body, Controller, Get, Inject, Put, Req } from '@nestjs/common';
import { type PutSettings, putSettingsSchema, type Settings } from '@stowage/contracts';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { SignUpRules } from './sign-up-rules.js';

/** What administrators decide while the registry runs. */
@ForAdministrators()
@Controller('api/v1/admin/settings')
export class SettingsController {
  constructor(@Inject(SignUpRules) private readonly rules: SignUpRules) {}

  @Get()
  async find(): Promise<Settings> {
    return { signUp: await this.rules.find() };
  }

  @Put()
  async put(@Body({ schema: putSettingsSchema }) body: PutSettings, @Req() request: FastifyRequest): Promise<Settings> {
    await this.rules.put(body.signUp, callerOf(request).actor);
    return this.find();
  }
}
