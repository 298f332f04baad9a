import { type Access, parseScopes, TooManyScopesError } from '@stowage/auth';
import { ProblemError } from '@stowage/nest-kit';

/** What is asked for, whoever asks. */
export interface TokenRequest {
  readonly scopes: readonly Access[];
  /** For the records only; never identity. */
  readonly clientId: string;
  readonly wantsRefreshToken: boolean;
}

const MAX_CLIENT_ID_LENGTH = 255;
/** RFC 8693. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';
const ID_TOKEN_TYPES = new Set(['urn:ietf:params:oauth:token-type:id_token', 'urn:ietf:params:oauth:token-type:jwt']);

/** Reads `GET /token?…` from the raw URL, because frameworks keep one of several `scope` parameters. Throws 400. */
export function parseTokenQuery(url: string, service: string): TokenRequest {
  const params = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  return { ...parseCommon(params, service), wantsRefreshToken: params.get('offline_token') === 'true' };
}

/** Reads the form of `POST /token` but for its grant. Throws 400. */
export function parseTokenForm(form: URLSearchParams, service: string): TokenRequest {
  requireParameter(form, 'client_id');
  return { ...parseCommon(form, service), wantsRefreshToken: form.get('access_type') === 'offline' };
}

export function requireParameter(params: URLSearchParams, parameter: string): string {
  const value = params.get(parameter);
  if (value === null || value === '') throw badRequest(`${parameter} is missing`);
  return value;
}

/** RFC 8693, section 2.1: the ID token that a CI job brings. It needs no `client_id`, and `service` is ours unless given. */
export function parseTokenExchange(form: URLSearchParams, service: string): TokenRequest & { subjectToken: string } {
  const type = requireParameter(form, 'subject_token_type');
  if (!ID_TOKEN_TYPES.has(type)) {
    throw badRequest(`subject_token_type must be ${[...ID_TOKEN_TYPES].join(' or ')}`);
  }
  const params = new URLSearchParams(form);
  if (!params.has('service')) params.set('service', service);
  return {
    ...parseCommon(params, service),
    wantsRefreshToken: form.get('access_type') === 'offline',
    subjectToken: requireParameter(form, 'subject_token'),
  };
}

export function unsupportedGrantType(): ProblemError {
  const message = `grant_type must be password, refresh_token or ${TOKEN_EXCHANGE}`;
  return new ProblemError(400, message, { errors: [{ field: 'grant_type', message }] });
}

function parseCommon(params: URLSearchParams, service: string): Omit<TokenRequest, 'wantsRefreshToken'> {
  // A caller that could choose the audience could use the token elsewhere (CVE-2026-123710).
  const asked = params.getAll('service');
  if (asked.length !== 1 || asked[0] !== service) {
    throw badRequest(`service must be given once, as ${service}: this is not the token service of another registry`);
  }
  return { scopes: scopesOf(params), clientId: printable(params.get('client_id') ?? '') };
}

function scopesOf(params: URLSearchParams): Access[] {
  try {
    return parseScopes(params.getAll('scope'));
  } catch (error) {
    if (!(error instanceof TooManyScopesError)) throw error;
    throw badRequest(error.message, { cause: error });
  }
}

function printable(text: string): string {
  return text.slice(0, MAX_CLIENT_ID_LENGTH).replaceAll(/[^\x20-\x7e]/g, '?');
}

function badRequest(message: string, options: ErrorOptions = {}): ProblemError {
  return new ProblemError(400, message, options);
}
