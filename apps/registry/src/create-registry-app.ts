import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, ociErrorFormat } from '@stowage/nest-kit';
import { encodeRepositoryInUrl } from '@stowage/oci';
import { RegistryModule } from './registry.module.js';
import type { RegistryOptions } from './registry-options.js';
import { commonHeaders } from './v2/common-headers.js';
import { discardRest } from './v2/unread-body.js';

/** The OCI Distribution API, ready to answer; the caller owns the socket. */
export async function createRegistryApp(options: RegistryOptions): Promise<NestFastifyApplication> {
  return createApp({
    module: RegistryModule.with(options),
    logger: options.logger,
    trustedProxies: options.trustedProxies,
    bodies: 'stream',
    errors: ociErrorFormat,
    rewriteUrl: encodeRepositoryInUrl,
    configure: async (fastify) => {
      fastify.addHook('onSend', async (request, reply) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') discardRest(request, reply);
        reply.headers(commonHeaders(request));
      });
    },
  });
}
