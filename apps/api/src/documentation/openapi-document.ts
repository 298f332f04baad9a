import { API_AREAS, API_PREFIX, API_ROUTES } from '@stowage/contracts';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ACCESS_TOKEN, SESSION, toOperation } from './operation.js';
import { namedSchemas } from './schema-names.js';

const ABOUT = `Everything that the dashboard does, for programs.

Send an access token as \`Authorization: Bearer …\`, or the session cookie of the dashboard. Fields that are not named
here are refused. Lists are pages: ask again with \`cursor\` set to \`nextCursor\` until that is null. Errors are
RFC 9457, with a sentence for a person in \`detail\`. What does not exist and what the caller may not see are the same 404.`;

/** The management API as OpenAPI 3.1, from the route table and the schemas that check the requests themselves. */
export function openApiDocument(publicUrl: URL): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of API_ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Stowage',
      version: '1',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: new URL(API_PREFIX, publicUrl).href }],
    tags: API_AREAS.map(({ name, about }) => ({ name, description: about })),
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        [ACCESS_TOKEN]: { type: 'http', scheme: 'bearer', description: 'An access token, from the dashboard' },
        [SESSION]: {
          type: 'apiKey',
          in: 'cookie',
          name: publicUrl.protocol === 'https:' ? '__Host-stowage' : 'stowage',
          description: 'The session of the dashboard',
        },
      },
    },
  });
}
