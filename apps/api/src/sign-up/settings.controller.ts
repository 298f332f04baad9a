import { Body, Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import { type Legal, type PutSettings, putSettingsSchema, type Settings } from '@stowage/contracts';
import { RegistrySettings, type RegistrySettingsRecord } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { preconditionOf, sendEntityTag } from '../conditional-requests.js';
import { present } from '../present.js';
import { SignUpRules } from './sign-up-rules.js';

/** What administrators decide while the registry runs. */
@ForAdministrators()
@Controller('api/v1/admin/settings')
export class SettingsController {
  constructor(
    @Inject(SignUpRules) private readonly rules: SignUpRules,
    @Inject(RegistrySettings) private readonly settings: RegistrySettings,
  ) {}

  @Get()
  async find(@Res({ passthrough: true }) reply: FastifyReply): Promise<Settings> {
    const settings = await this.rules.find();
    sendEntityTag(reply, recordOf(settings));
    return settings;
  }

  @Put()
  async put(
    @Body({ schema: putSettingsSchema }) body: PutSettings,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Settings> {
    const { legal } = body;
    const precondition = preconditionOf<RegistrySettingsRecord>(request);
    await this.settings.put(present(body), callerOf(request).actor, (was) => {
      precondition?.(was);
      if (legal) refuseBadNotices(was.legal, legal);
    });
    return this.find(reply);
  }
}

function recordOf({ signUp, legal }: Settings): RegistrySettingsRecord {
  return { signUp: signUp.chosen, legal };
}

/** Throws 400 for a file of security contacts that is out of date at once, 409 for terms that can't be told from older ones. */
function refuseBadNotices(was: Legal, is: Legal): void {
  const { security, terms } = is;
  if (security && security.expiresAt !== was.security?.expiresAt && Date.parse(security.expiresAt) <= Date.now()) {
    throw fieldProblem(400, { field: 'legal.security.expiresAt', message: 'a time to come' });
  }
  if (!terms || terms.version !== was.terms?.version) return;
  if (JSON.stringify(terms.notice) !== JSON.stringify(was.terms.notice)) {
    const message = 'people have accepted other terms under this name: give the changed ones another version';
    throw fieldProblem(409, { field: 'legal.terms.version', message });
  }
}
