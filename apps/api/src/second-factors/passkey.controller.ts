import { Body, Controller, Delete, HttpCode, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import { generateRecoveryCodes, hashRecoveryCode, PasskeyRefusedError, Passkeys } from '@stowage/authenticators';
import {
  type AddedPasskey,
  type AddPasskey,
  addPasskeySchema,
  type PasskeyOptions,
  type RenamePasskey,
  renamePasskeySchema,
} from '@stowage/contracts';
import { PasskeyStore } from '@stowage/metadata';
import { fieldProblem, notFound, ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf, userOf } from '../access/caller.js';
import { InPerson } from '../access/in-person.guard.js';
import { Sensitive } from '../access/sensitive.guard.js';
import { toPasskey } from './passkey-view.js';

/** More than anybody has devices. */
const MAX_PASSKEYS = 20;

/** The passkeys of the own account. */
@Controller('api/v1/account/passkeys')
export class PasskeyController {
  constructor(
    @Inject(Passkeys) private readonly passkeys: Passkeys,
    @Inject(PasskeyStore) private readonly store: PasskeyStore,
  ) {}

  @Post('options')
  @HttpCode(200)
  @Sensitive()
  async options(@Req() request: FastifyRequest): Promise<PasskeyOptions> {
    const user = userOf(request);
    const existing = await this.store.list(user.id);
    if (existing.length >= MAX_PASSKEYS) {
      throw new ProblemError(409, `You have ${existing.length} passkeys already. Remove one that you don’t use.`);
    }
    return { options: { ...(await this.passkeys.registrationOptions(user, existing)) } };
  }

  @Post()
  @Sensitive()
  async add(
    @Body({ schema: addPasskeySchema }) { name, response }: AddPasskey,
    @Req() request: FastifyRequest,
  ): Promise<AddedPasskey> {
    const user = userOf(request);
    const { challenge, spentUntil, ...made } = await this.passkeys
      .register(user, response as never)
      .catch((error: unknown) => {
        throw error instanceof PasskeyRefusedError ? refused(error) : error;
      });
    const codes = generateRecoveryCodes();
    const passkey = { ...made, transports: [...made.transports], name };
    const recoveryHashes = codes.map(hashRecoveryCode);
    const addition = { passkey, spent: { challenge, spentUntil }, recoveryHashes };
    const added = await this.store.add(user.id, addition, callerOf(request).actor);
    if (!added) throw new ProblemError(409, 'This passkey is here already. Use another device, or another key.');
    const stored = (await this.store.list(user.id)).find(({ id }) => id === added.id);
    if (!stored) throw notFound('The passkey');
    return { passkey: toPasskey(stored), recoveryCodes: added.recoveryCodes ? codes : null };
  }

  @Patch(':id')
  @HttpCode(204)
  @InPerson()
  async rename(
    @Param('id') id: string,
    @Body({ schema: renamePasskeySchema }) { name }: RenamePasskey,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { actor } = callerOf(request);
    const isThere = isId(id) && (await this.store.rename(id, userOf(request).id, { name, actor }));
    if (!isThere) throw notFound('The passkey');
  }

  @Delete(':id')
  @HttpCode(204)
  @Sensitive()
  async remove(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const isGone = isId(id) && (await this.store.remove(id, userOf(request).id, callerOf(request).actor));
    if (!isGone) throw notFound('The passkey');
  }
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success;
}

function refused(cause: unknown): ProblemError {
  const message = 'the browser’s answer does not count here; try again';
  return fieldProblem(403, { field: 'response', message }, cause);
}
