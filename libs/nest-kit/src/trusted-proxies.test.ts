import 'reflect-metadata';
import { Controller, Get, Module, Req } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createApp } from './create-app.js';
import { problemFormat } from './error-bodies.js';

@Controller('address')
class AddressController {
  @Get()
  address(@Req() request: FastifyRequest): { address: string } {
    return { address: request.ip };
  }
}

@Module({ controllers: [AddressController] })
class AddressModule {}

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

async function addressSeen(options: { trusted?: string[]; from: string; forwardedFor: string }): Promise<string> {
  const app = await createApp({
    module: AddressModule,
    logger,
    bodies: 'json',
    errors: problemFormat,
    trustedProxies: options.trusted,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const answer = await fastify.inject({
    url: '/address',
    remoteAddress: options.from,
    headers: { 'x-forwarded-for': options.forwardedFor },
  });
  await app.close();
  return answer.json<{ address: string }>().address;
}

// 4.9: a spoofed X-Forwarded-For would pass a limit for each client, and lie in the audit log.
describe('the address of a client', () => {
  it('is the one of the connection, whatever is forwarded, unless a proxy is trusted', async () => {
    expect(await addressSeen({ from: '192.0.2.9', forwardedFor: '203.0.113.1' })).toBe('192.0.2.9');
    expect(await addressSeen({ trusted: ['10.0.0.0/8'], from: '192.0.2.9', forwardedFor: '203.0.113.1' })).toBe(
      '192.0.2.9',
    );
  });

  it('is what a trusted proxy says, and not what was sent to that proxy', async () => {
    const seen = await addressSeen({
      trusted: ['10.0.0.0/8'],
      from: '10.1.2.3',
      forwardedFor: '198.51.100.66, 203.0.113.1, 10.9.9.9',
    });
    expect(seen).toBe('203.0.113.1');
  });
});
