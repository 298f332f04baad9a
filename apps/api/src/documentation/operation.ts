import { type AccessRule, type NamedRoute, PROBLEM_MEDIA_TYPE, problemSchema, successStatus } from '@stowage/contracts';
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';

/** The schemes of `components.securitySchemes`; a request carries one of them. */
export const SESSION = 'session';
export const ACCESS_TOKEN = 'accessToken';

const IDEMPOTENCY = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .describe(
      'Chosen by the caller. The same request with the same key within 24 hours is done once and answered as the first time',
    ),
});

/** One route as OpenAPI describes it. */
export function toOperation(route: NamedRoute): ZodOpenApiOperationObject {
  const { operation, area, summary, description, access, query, body, example } = route;
  const header = route.idempotencyKey === 'taken' ? { header: IDEMPOTENCY } : {};
  const parameters = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const path = z.object(Object.fromEntries(parameters.map((name) => [name, z.string()])));
  return {
    operationId: operation,
    tags: [area],
    summary,
    description: [description, whoMay(access)].filter(Boolean).join('\n\n'),
    security: isOpen(access)
      ? [{}, { [SESSION]: [] }, { [ACCESS_TOKEN]: [] }]
      : [{ [SESSION]: [] }, { [ACCESS_TOKEN]: [] }],
    ...(parameters.length > 0 || query || 'header' in header
      ? { requestParams: { ...(parameters.length > 0 ? { path } : {}), ...(query ? { query } : {}), ...header } }
      : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body, ...(example === undefined ? {} : { example }) } },
          },
        }
      : {}),
    responses: responsesOf(route, parameters.length > 0),
    'x-access': access,
  };
}

function responsesOf(route: NamedRoute, hasParameters: boolean): ZodOpenApiResponsesObject {
  const { access, answer, file, query, body } = route;
  const content = answer
    ? { 'application/json': { schema: answer } }
    : Object.fromEntries((file ?? []).map((type) => [type, { schema: { type: 'string' as const } }]));
  const hasContent = Object.keys(content).length > 0;
  const mayBeTooLittle = access !== 'anyone' && access !== 'signed-in';
  return {
    [String(successStatus(route)) as '200']: { description: 'Done', ...(hasContent ? { content } : {}) },
    ...(query || body
      ? { 400: problem('What was sent is not acceptable; `errors` names each field that is wrong') }
      : {}),
    ...(access === 'anyone' ? {} : { 401: problem('Nobody is signed in, or the access token is not valid') }),
    ...(mayBeTooLittle ? { 403: problem('The caller is known, and may not do this') } : {}),
    ...(hasParameters ? { 404: problem('It does not exist, or the caller may not see it') } : {}),
    ...(route.idempotencyKey === 'taken'
      ? {
          409: problem(
            'It is there already; or the first request with this Idempotency-Key still runs, see `Retry-After`',
          ),
          422: problem('The Idempotency-Key was sent with another request'),
        }
      : {}),
    429: problem('Too many requests; `Retry-After` says in how many seconds to come back'),
  };
}

function problem(description: string) {
  return { description, content: { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } } };
}

function isOpen(access: AccessRule): boolean {
  return access === 'anyone' || access.endsWith(': see');
}

/** The rule as a sentence. */
export function whoMay(access: AccessRule): string {
  if (access === 'anyone') return 'For everybody.';
  if (access === 'signed-in') return 'For everybody who is signed in.';
  if (access === 'in-person') return 'For everybody who is signed in in a browser; access tokens are refused.';
  if (access === 'administrator') return 'For administrators of this registry.';
  const [where, operation] = access.split(': ', 2) as [string, string];
  if (operation === 'see') return `For everybody who may see the ${where}: anonymous callers too, when it is public.`;
  return `For members of the namespace whose role allows \`${operation}\`.`;
}
