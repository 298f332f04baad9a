import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateSigningKey } from '@stowage/auth';
import { SigningKeyRotation } from '@stowage/metadata';
import { createApp } from '@stowage/nest-kit';
import type { AuthOptions } from './auth-options.js';
import { AuthModule } from './auth.module.js';
import { tokenErrorFormat } from './token-error-format.js';

/** The token service, ready to answer; the caller owns the socket. The first of all starts makes the signing keys. */
export async function createAuthApp(options: AuthOptions): Promise<NestFastifyApplication> {
  await new SigningKeyRotation(options.database, { ...options.signingKeyTimes, generate: generateSigningKey }).ensure();
  return createApp({
    module: AuthModule.with(options),
    logger: options.logger,
    trustedProxies: options.trustedProxies,
    bodies: 'form',
    errors: tokenErrorFormat,
    configure: async (fastify) => {
      fastify.addHook('onSend', async (_request, reply) => {
        reply.header('x-content-type-options', 'nosniff');
        // RFC 6749, section 5.1. Refusals are as private as tokens; only the key set may be kept.
        if (!reply.hasHeader('cache-control')) reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
      });
    },
  });
}
