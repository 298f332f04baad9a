import 'reflect-metadata';
import { Body, Controller, Get, Head, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type CreateAccessToken, createAccessTokenSchema, type PageQuery, pageQuerySchema } from '@stowage/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BodyParsing } from './body-parsing.js';
import { createApp } from './create-app.js';
import { problemFormat } from './error-bodies.js';

const logged: { level: string; fields: object; message: string }[] = [];
const write = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
const logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };

@Controller('things')
class ThingController {
  @Post()
  create(@Body({ schema: createAccessTokenSchema }) body: CreateAccessToken): unknown {
    return body;
  }

  @Post('form')
  form(@Req() request: FastifyRequest): unknown {
    return Object.fromEntries(request.body as URLSearchParams);
  }

  @Get('list')
  list(@Query({ schema: pageQuerySchema }) query: PageQuery): unknown {
    return query;
  }

  @Get('broken/:id')
  broken(@Param('id') id: string): never {
    throw Object.assign(new Error(`SELECT secret ${id}`), { sql: 'SELECT' });
  }

  @Head('broken/:id')
  brokenHead(): never {
    throw new Error('secret');
  }

  @Get('half')
  async half(@Res() reply: FastifyReply): Promise<void> {
    reply.raw.writeHead(200, { 'content-length': '100' });
    reply.raw.write('half');
    await Promise.resolve();
    throw new Error('too late');
  }
}

@Module({ controllers: [ThingController] })
class ThingModule {}

const apps = new Map<BodyParsing, NestFastifyApplication>();

beforeAll(async () => {
  for (const bodies of ['json', 'form'] as const) {
    apps.set(bodies, await createApp({ module: ThingModule, logger, bodies, errors: problemFormat }));
  }
});

afterAll(async () => {
  for (const app of apps.values()) await app.close();
});

async function ask(options: InjectOptions, bodies: BodyParsing = 'json') {
  const fastify = apps.get(bodies)!.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const { statusCode, headers, body } = await fastify.inject(options);
  return {
    status: statusCode,
    headers,
    body,
    json: body === '' ? undefined : (JSON.parse(body) as Record<string, unknown>),
  };
}

const post = (payload: string, contentType: string | undefined = 'application/json') =>
  ask({
    method: 'POST',
    url: '/things',
    payload,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
  });

describe('a JSON app', () => {
  it('hands the handler what the schema made of the body', async () => {
    expect(await post('{"name":"ab"}')).toMatchObject({ status: 201, json: { name: 'ab' } });
    expect(await post('{"name":"ab"}', 'application/json; charset=utf-8')).toMatchObject({ status: 201 });
  });

  it('names each field that is wrong, also deep ones and unknown ones (mass assignment)', async () => {
    const { status, headers, json } = await post(
      '{"name":"","grants":[{"repository":"*","actions":["pull"]}],"isAdmin":true}',
    );
    expect([status, headers['content-type']]).toEqual([400, expect.stringMatching(/^application\/problem\+json/)]);
    expect(json?.['errors']).toEqual(
      expect.arrayContaining([
        { field: 'name', message: 'give it a name' },
        { field: 'grants.0.repository', message: expect.any(String) },
      ]),
    );
    expect(JSON.stringify(json?.['errors'])).toContain('isAdmin');
    expect(json).toMatchObject({ status: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  // 1.6: fastify CVE-2026-25223 (tab), CVE-2026-33806 (leading blank), CVE-2026-3419 (trailing garbage)
  it.each([
    'text/plain',
    'application/json\ta',
    'application/json x',
    'application/jsonx',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/problem+json',
    'application/',
    'json',
    ' application/json x',
    'application/json, text/plain',
  ])('refuses the Content-Type %j, or checks the body as ever', async (contentType) => {
    expect([400, 415]).toContain((await post('{"name":"a","isAdmin":true}', contentType)).status);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['__proto__', '{"name":"ab","__proto__":{"isAdmin":true}}'],
    ['a deep __proto__', '{"name":"ab","grants":[{"__proto__":{}}]}'],
    ['NUL', '{"name":"a\\u0000b"}'],
    ['half a surrogate pair', '{"name":"ab\\ud800"}'],
    ['an object for a string', '{"name":{"not":""}}'],
    ['a hundred thousand brackets', '['.repeat(100_000)],
  ])('answers a body of %s with 400', async (_, payload) => {
    expect((await post(payload)).status).toBe(400);
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  });

  it('lets constructor.prototype change nothing and reach nobody', async () => {
    const { json } = await post('{"name":"ab","constructor":{"prototype":{"isAdmin":true}}}');
    expect(Object.keys(json ?? {})).not.toContain('constructor');
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  });

  it('refuses a body of more than 256 KiB with 413', async () => {
    expect((await post(`{"name":"${'a'.repeat(256 * 1024)}"}`)).status).toBe(413);
  });

  it.each([
    ['an unknown route', { method: 'GET', url: '/nothing' }, 404],
    ['an unknown method of a route', { method: 'DELETE', url: '/things' }, 404],
    ['a malformed address', { method: 'GET', url: '/things/broken/%E0%A4%A' }, 400],
    ['a NUL in the path', { method: 'GET', url: '/things/broken/a%00' }, 400],
    ['a NUL in the query', { method: 'GET', url: '/things/list?limit=1&x=%00' }, 400],
    ['a query that the schema refuses', { method: 'GET', url: '/things/list?limit=1001' }, 400],
    ['a query without end', { method: 'GET', url: `/things/list?limit=1&x=${'a'.repeat(8192)}` }, 414],
    ['an unknown route without end', { method: 'GET', url: `/${'a/'.repeat(4100)}` }, 414],
    ['a parameter without end', { method: 'GET', url: `/things/broken/${'a'.repeat(2000)}` }, 414],
  ] as [string, InjectOptions, number][])('answers %s with a problem', async (_, options, status) => {
    const { status: actual, headers, json } = await ask(options);
    expect([actual, headers['content-type'], json?.['status']]).toEqual([
      status,
      expect.stringMatching(/^application\/problem\+json/),
      status,
    ]);
    expect(JSON.stringify(json)).not.toContain('FST_');
  });

  it('tells nothing of a defect, and logs all of it without the query', async () => {
    logged.length = 0;
    const { status, body } = await ask({ method: 'GET', url: '/things/broken/7?token=hunter2' });
    expect([status, body]).toEqual([500, expect.not.stringMatching(/SELECT|broken|create-app/)]);
    expect(logged).toMatchObject([
      {
        level: 'error',
        message: 'request failed',
        fields: { method: 'GET', path: '/things/broken/7', err: { message: 'SELECT secret 7' } },
      },
    ]);
    expect(JSON.stringify(logged)).not.toContain('hunter2');
  });

  it('answers HEAD without a body', async () => {
    expect(await ask({ method: 'HEAD', url: '/things/broken/7' })).toMatchObject({ status: 500, body: '' });
  });

  it('breaks off an answer that fails in its middle: it must not look complete', async () => {
    await expect(ask({ method: 'GET', url: '/things/half' })).rejects.toThrow();
  });
});

describe('a form app', () => {
  const send = (payload: string, contentType: string) =>
    ask({ method: 'POST', url: '/things/form', payload, headers: { 'content-type': contentType } }, 'form');

  it('reads forms and nothing else', async () => {
    expect(await send('a=1&b=%C3%A4', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 201,
      json: { a: '1', b: 'ä' },
    });
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x'])
      expect((await send('a=1', type)).status).toBe(415);
  });

  it('refuses a NUL', async () => {
    expect((await send('a=%00', 'application/x-www-form-urlencoded')).status).toBe(400);
  });
});
