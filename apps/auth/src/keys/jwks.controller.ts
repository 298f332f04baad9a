import { Controller, Get, Head, Inject, Res } from '@nestjs/common';
import { toJwks } from '@stowage/auth';
import { SigningKeyStore } from '@stowage/metadata';
import { Public } from '@stowage/nest-kit';
import type { FastifyReply } from 'fastify';

/** security.md 4.4: a key that was taken away is gone from every cache within a minute. */
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'public, max-age=60' };

/** The public keys that verify registry tokens: RFC 7517. */
@Public()
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(@Inject(SigningKeyStore) private readonly keys: SigningKeyStore) {}

  @Get()
  async get(@Res() reply: FastifyReply): Promise<void> {
    void reply.headers(HEADERS).send(await this.#document());
  }

  @Head()
  async head(@Res() reply: FastifyReply): Promise<void> {
    void reply.headers({ ...HEADERS, 'content-length': Buffer.byteLength(await this.#document()) }).send();
  }

  async #document(): Promise<string> {
    return JSON.stringify(toJwks(await this.keys.listPublic()));
  }
}
