import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Serves } from '../access/access.guard.js';

const EXTENSIONS = {
  extensions: [
    {
      name: '_oci',
      description: 'Discovers the extensions of this registry',
      url: 'https://github.com/opencontainers/distribution-spec/blob/main/extensions/_oci.md',
      endpoints: ['_oci/ext/discover'],
    },
  ],
};

/** distribution-spec, extensions/_oci.md. */
@Controller('v2/_oci/ext/discover')
@Serves('base')
export class ExtensionController {
  @Get()
  discover(@Res() reply: FastifyReply): void {
    void reply.header('content-type', 'application/json').send(JSON.stringify(EXTENSIONS));
  }
}
