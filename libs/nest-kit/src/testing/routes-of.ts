import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

export interface MountedRoute {
  readonly method: string;
  readonly path: string;
}

/** Every route that the app answers, as Fastify's router knows them. */
export function routesOf(app: NestFastifyApplication): MountedRoute[] {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const routes: MountedRoute[] = [];
  const parents: string[] = [];
  for (const line of fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 4;
    const path = (depth > 1 ? (parents[depth - 1] ?? '') : '') + (match[2] ?? '');
    parents[depth] = path;
    for (const method of (match[3] ?? '').split(', ')) if (method) routes.push({ method, path });
  }
  return routes;
}
