import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RegistrySettings, SessionStore } from '@stowage/metadata';
import { createApp, problemFormat } from '@stowage/nest-kit';
import { allowOrigins } from './access/cross-origin.js';
import { registerSessions } from './access/sessions.js';
import { ApiModule } from './api.module.js';
import type { ApiOptions } from './api-options.js';
import { serveDocumentation } from './documentation/serve-documentation.js';
import { serveSecurityFile } from './sign-up/security-file.js';

/** The management API, ready to answer; the caller owns the socket. */
export async function createApiApp(options: ApiOptions): Promise<NestFastifyApplication> {
  return createApp({
    module: await ApiModule.with(options),
    logger: options.logger,
    trustedProxies: options.trustedProxies,
    bodies: 'json',
    errors: problemFormat,
    configure: async (fastify) => {
      allowOrigins(fastify, options.corsOrigins ?? []);
      serveDocumentation(fastify);
      serveSecurityFile(fastify, { settings: new RegistrySettings(options.database), publicUrl: options.publicUrl });
      await registerSessions(fastify, {
        store: new SessionStore(options.database),
        secret: options.cookieSecret,
        isHttps: options.publicUrl.protocol === 'https:',
      });
      fastify.addHook('onSend', async (_request, reply) => {
        // Answers depend on who asks: no cache in between may keep them.
        reply.header('x-content-type-options', 'nosniff');
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      });
    },
  });
}
