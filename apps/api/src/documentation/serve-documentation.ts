import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { DOCUMENTATION_PAGE, PAGE_HEADERS } from './documentation-page.js';
import { swaggerUiFile } from './swagger-ui-files.js';

const DAY_SECONDS = 86_400;

/** `/api/docs`: the OpenAPI document for people. Nothing of it comes from anywhere else, and it is nobody's secret. */
export function serveDocumentation(fastify: FastifyInstance): void {
  fastify.get('/api/docs', async (_request, reply) => reply.headers(PAGE_HEADERS).send(DOCUMENTATION_PAGE));
  fastify.get<{ Params: { file: string } }>('/api/docs/:file', async (request, reply) => {
    const file = await swaggerUiFile(request.params.file);
    if (!file) return reply.callNotFound();
    void reply.headers({ etag: file.etag, 'cache-control': `public, max-age=${DAY_SECONDS}`, vary: 'Accept-Encoding' });
    if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
    void reply.header('content-type', file.contentType);
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (!takesGzip) return reply.send(gunzipSync(file.gzipped));
    return reply.header('content-encoding', 'gzip').send(file.gzipped);
  });
}
