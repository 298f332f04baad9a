import { randomUUID } from 'node:crypto';
import type { ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type BodyParsing, setBodyParsing } from './body-parsing.js';
import type { ErrorFormat } from './error-bodies.js';
import { FailureFilter } from './exception.filter.js';
import { NestLogger } from './nest-logger.js';
import type { RequestLogger } from './request-logger.js';
import { SchemaPipe } from './schema.pipe.js';
import { refuseUnusableUrls } from './unusable-urls.js';

export interface AppOptions {
  readonly module: NonNullable<ModuleMetadata['imports']>[number];
  readonly logger: RequestLogger;
  readonly bodies: BodyParsing;
  readonly errors: ErrorFormat;
  /** Addresses and networks whose `X-Forwarded-For` is believed; none when absent. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Applied to the raw URL before routing. */
  readonly rewriteUrl?: (url: string) => string;
  /** Registers plug-ins before the routes are made. */
  readonly configure?: (fastify: FastifyInstance) => Promise<void>;
}

/** A sha512 digest has 135 characters, an encoded repository name up to three times 255. */
const MAX_PARAMETER_LENGTH = 1024;

/**
 * A Nest app on Fastify, ready to answer and not listening: the caller decides on the socket, so that several apps can
 * share one port. Every error of every route, also of unknown ones, passes the one filter.
 */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const { module, logger, bodies, errors, rewriteUrl, configure, trustedProxies = [] } = options;
  const filter = new FailureFilter(errors, logger);
  const adapter = new FastifyAdapter({
    logger: false,
    exposeHeadRoutes: false,
    bodyLimit: Number.MAX_SAFE_INTEGER, // parsers have their own limits, streams are limited by quota
    requestTimeout: 0,
    // For the client's address alone: nothing here reads the host or the scheme of a request.
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
    ...(rewriteUrl ? { rewriteUrl: (request: { url?: string | undefined }) => rewriteUrl(request.url ?? '/') } : {}),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module as never, adapter, {
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  setBodyParsing(fastify, bodies);
  refuseUnusableUrls(fastify);
  await configure?.(fastify);
  app.useGlobalFilters(filter);
  app.useGlobalPipes(new SchemaPipe());
  await app.init();
  await fastify.ready();
  return app;
}

/** The request handler of an app, for a server that somebody else owns. */
export function handlerOf(app: NestFastifyApplication): FastifyInstance['routing'] {
  return (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).routing;
}
