import { API_PREFIX, API_ROUTES, paths, REGISTRY_ROUTES, TOKEN_ROUTES } from '@stowage/contracts';
import { routesOf } from '@stowage/nest-kit/testing';
import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi } from './open-api.js';

const opened = openApi();

interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
  readonly components: { readonly schemas: Record<string, Record<string, unknown>> };
}

describe('the OpenAPI document', () => {
  let document: OpenApiDocument;
  beforeAll(async () => {
    const answer = await opened.ask('GET /openapi.json');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, expect.stringContaining('application/json')]);
    document = answer.json as unknown as OpenApiDocument;
  });

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ line: `${method.toUpperCase()} ${path}`, operation })),
    );

  it('and the mounted routes are the same set', () => {
    const mounted = routesOf(opened.app)
      .filter(({ path }) => path.startsWith(`${API_PREFIX}/`))
      .map(({ method, path }) => `${method} ${path.slice(API_PREFIX.length).replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(mounted.length).toBeGreaterThan(30);
    expect(
      operations()
        .map(({ line }) => line)
        .toSorted(),
    ).toEqual(mounted.toSorted());
  });

  it('is OpenAPI 3.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] as string);
    expect(references.length).toBeGreaterThan(30);
    for (const reference of new Set(references)) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1] ?? '';
      expect([reference, Object.keys(document.components.schemas).includes(name)]).toEqual([reference, true]);
    }
  });

  it('gives every operation a name of its own, a sentence, and who may', () => {
    const names = operations().map(({ operation }) => String(operation['operationId']));
    expect(new Set(names).size).toBe(names.length);
    for (const { line, operation } of operations()) {
      expect([line, operation]).toEqual([
        line,
        expect.objectContaining({
          summary: expect.stringMatching(/^.{5,}[^.]$/),
          description: expect.stringMatching(/For /),
        }),
      ]);
    }
  });

  it('says of every body that nothing else may be in it', () => {
    const bodies = API_ROUTES.flatMap(({ operation, body }) => (body ? [[operation, body] as const] : []));
    for (const [operation, body] of bodies) {
      const outcome = body.safeParse({ 'not-named': true });
      const codes = outcome.success ? [] : outcome.error.issues.flatMap((issue) => [issue.code, ...unionCodes(issue)]);
      expect([operation, codes]).toEqual([operation, expect.arrayContaining(['unrecognized_keys'])]);
    }
  });
});

/** Of a body that is one of several, the codes of each. */
function unionCodes(issue: object): string[] {
  const errors = 'errors' in issue ? (issue.errors as { code: string }[][]) : [];
  return errors.flat().map(({ code }) => code);
}

describe('the route table', () => {
  it('has an example for every body, and each is good', () => {
    for (const { operation, body, example } of API_ROUTES) {
      const isGood = body ? body.safeParse(example).success : example === undefined;
      expect([operation, isGood]).toEqual([operation, true]);
    }
  });

  it('has every path that the builders make', () => {
    const known = API_ROUTES.map(({ path }) => path.replaceAll(/\{\w+\}/g, '{}'));
    for (const [name, builder] of Object.entries(paths)) {
      const path =
        typeof builder === 'string' ? builder : (builder as (...names: string[]) => string)('a', 'a', 'a', 'a');
      const shape = path.replaceAll(/(?<=\/)a(?=\/|$)/g, '{}');
      expect([name, known.includes(shape)]).toEqual([name, true]);
    }
  });

  it('has every route once', () => {
    const all = [...API_ROUTES, ...REGISTRY_ROUTES, ...TOKEN_ROUTES].map(({ method, path }) => `${method} ${path}`);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(API_ROUTES.filter(({ body }) => !body).map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s takes nothing that it does not name',
    async (line, { access, query }) => {
      const url = line.replaceAll(/\{\w+\}/g, 'nope');
      const expected = access === 'anyone' || access.endsWith(': see') ? 400 : 401;
      expect((await opened.ask(`${url}?not-named=1`)).status).toBe(expected);
      if (!query && !line.startsWith('GET')) expect((await opened.ask(url, { body: { x: 1 } })).status).toBe(expected);
    },
  );
});

describe('the page of the document', () => {
  const get = (url: string, headers = {}) =>
    (opened.app.getHttpAdapter().getInstance() as unknown as FastifyInstance).inject({ url, headers });

  it('and all that it loads come from here, under a policy that allows nothing else', async () => {
    const page = await get('/api/docs');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'; script-src 'self'/);
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page.body).not.toMatch(/<script(?![^>]*src=)/);
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
      const plain = await get(`/api/docs/${file}`);
      const { etag } = plain.headers;
      expect([plain.statusCode, plain.body.length > 10_000, typeof etag]).toEqual([200, true, 'string']);
      expect((await get(`/api/docs/${file}`, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip');
      expect((await get(`/api/docs/${file}`, { 'if-none-match': etag })).statusCode).toBe(304);
    }
  });

  it.each(['package.json', '..%2fpackage.json', 'constructor', '__proto__', 'swagger-ui.js'])(
    'gives nothing else of the package: %s',
    async (file) => {
      expect((await get(`/api/docs/${file}`)).statusCode).toBe(404);
    },
  );
});
