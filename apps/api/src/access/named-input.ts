import { API_PREFIX, API_ROUTES, type NamedRoute, type Route } from '@stowage/contracts';
import { ProblemError } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';

/** As Fastify's router knows them. */
const ROUTES = new Map<string, NamedRoute>(
  API_ROUTES.map((route) => [`${route.method} ${API_PREFIX}${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, route]),
);

/** The line of the route table for a request. A route that is not in the table can't be reached. */
export function routeOf(request: FastifyRequest): NamedRoute {
  const line = `${request.method} ${request.routeOptions.url}`;
  const route = ROUTES.get(line);
  if (!route) throw new Error(`${line} is not in the route table of @stowage/contracts`);
  return route;
}

/** What a route names is checked by its schemas; this refuses a query or a body where none is named. Throws 400. */
export function refuseUnnamedInput(request: FastifyRequest, { query, body }: Route): void {
  const [parameter] = query ? [] : Object.keys((request.query ?? {}) as object);
  if (parameter !== undefined) {
    throw new ProblemError(400, `This address takes no query; “${parameter.slice(0, 100)}” means nothing here.`);
  }
  if (!body && request.body !== undefined && request.body !== null) {
    throw new ProblemError(400, 'This request takes no body. Send it without one.');
  }
}
