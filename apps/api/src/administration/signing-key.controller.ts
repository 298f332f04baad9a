import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { RotatedSigningKey, SigningKey, SigningKeyList } from '@stowage/contracts';
import { SigningKeyRotation, type SigningKeyStatus, SigningKeyStore } from '@stowage/metadata';
import { notFound } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { ForAdministrators } from './administrator.guard.js';

/** The keys that sign registry tokens. They rotate by themselves; this is for looking, and for haste. */
@ForAdministrators()
@Controller('api/v1/admin/signing-keys')
export class SigningKeyController {
  constructor(
    @Inject(SigningKeyStore) private readonly keys: SigningKeyStore,
    @Inject(SigningKeyRotation) private readonly rotation: SigningKeyRotation,
  ) {}

  @Get()
  async list(): Promise<SigningKeyList> {
    return { items: (await this.keys.list()).map(toSigningKey), nextCursor: null };
  }

  @Post()
  async rotate(@Req() request: FastifyRequest): Promise<RotatedSigningKey> {
    return { kid: await this.rotation.rotate(callerOf(request).actor) };
  }

  @Delete(':kid')
  @HttpCode(204)
  async remove(@Param('kid') kid: string, @Req() request: FastifyRequest): Promise<void> {
    if (!(await this.rotation.remove(kid, callerOf(request).actor))) throw notFound('The signing key');
  }
}

function toSigningKey({ kid, state, createdAt, signsFrom, verifiesUntil }: SigningKeyStatus): SigningKey {
  return {
    kid,
    state,
    createdAt: createdAt.toISOString(),
    signsFrom: signsFrom.toISOString(),
    verifiesUntil: verifiesUntil?.toISOString() ?? null,
  };
}
