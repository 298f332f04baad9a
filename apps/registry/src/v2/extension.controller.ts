import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { RepositoryStore } from '@stowage/metadata';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Serves } from '../access/access.guard.js';
import { existingRepository } from './target-repository.js';

const SPECIFICATION = 'https://github.com/opencontainers/distribution-spec/blob/main/extensions/_oci.md';

const EXTENSIONS = JSON.stringify({
  extensions: [
    {
      name: '_oci',
      description: 'Discovers the extensions of this registry',
      url: SPECIFICATION,
      endpoints: ['_oci/ext/discover'],
    },
  ],
});

/** distribution-spec, extensions/_oci.md, for the registry. */
@Controller('v2/_oci/ext/discover')
@Serves('base')
export class ExtensionController {
  @Get()
  discover(@Res() reply: FastifyReply): void {
    void reply.header('content-type', 'application/json').send(EXTENSIONS);
  }
}

/** The same for one repository; there is no extension that only some of them have. */
@Controller('v2/:name/_oci/ext/discover')
@Serves('tags')
export class RepositoryExtensionController {
  constructor(@Inject(RepositoryStore) private readonly repositories: RepositoryStore) {}

  @Get()
  async discover(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await existingRepository(this.repositories, request);
    void reply.header('content-type', 'application/json').send(EXTENSIONS);
  }
}
