import { STATUS_CODES } from 'node:http';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import { refuseUnusableUrls, toFailure } from '@stowage/nest-kit';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';

/** No script but our own files; styles may be inline, because the component library sets them. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

/** A built single-page site: files as they are, and the one page for every address that its router knows. */
export async function createStaticSite(options: {
  readonly folder: string;
  readonly isHttps: boolean;
}): Promise<FastifyInstance> {
  const app = fastify({ logger: false, frameworkErrors: (error, _request, reply) => refuse(error, reply) });
  app.setErrorHandler((error, _request, reply) => refuse(error, reply));
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    strictTransportSecurity: options.isHttps ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    frameguard: { action: 'deny' },
  });
  refuseUnusableUrls(app);
  await app.register(staticFiles, {
    root: options.folder,
    index: false,
    wildcard: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = path.includes('/assets/');
      void response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (wantsPage && !request.url.startsWith('/assets/')) return reply.sendFile('index.html');
    return reply.status(404).send(bodyOf(404));
  });
  app.get('/', async (_request, reply) => reply.sendFile('index.html'));
  await app.ready();
  return app;
}

/** As short as the errors of the other apps, and without the framework's own codes. */
function refuse(error: unknown, reply: FastifyReply): void {
  const { status } = toFailure(error);
  void reply.status(status).send(bodyOf(status));
}

function bodyOf(status: number) {
  return { status, title: STATUS_CODES[status] ?? 'Error' };
}
