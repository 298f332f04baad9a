import { OciError } from '@stowage/oci';
import type { Access } from './access.js';
import { formatScopes } from './scope.js';

/** RFC 6750, section 3.1; none when the request carried no token. */
export type ChallengeReason = 'invalid_token' | 'insufficient_scope';

export interface ChallengeOptions {
  /** Absolute URL of the token service, from configuration and never from the request. */
  readonly realm: string;
  readonly service: string;
  /** What a token for this request should cover: `challengeAccess` of the route. */
  readonly required: readonly Access[];
  readonly error?: ChallengeReason | undefined;
  /** Replaces the sentence that says what to do. */
  readonly message?: string | undefined;
}

/**
 * The 401 that tells a client where to get which token. It depends on nothing but the request, so a private repository
 * and a missing one give the same bytes.
 */
export class ChallengeError extends OciError {
  override name = 'ChallengeError';

  constructor(options: ChallengeOptions) {
    super('UNAUTHORIZED', {
      message: options.message ?? explain(options),
      detail: options.required.flatMap(toDetail),
      headers: { 'WWW-Authenticate': formatChallenge(options) },
    });
  }
}

function formatChallenge({ realm, service, required, error }: ChallengeOptions): string {
  const parameters = [`realm=${quote(realm)}`, `service=${quote(service)}`];
  if (required.length > 0) parameters.push(`scope=${quote(formatScopes(required))}`);
  if (error !== undefined) parameters.push(`error=${quote(error)}`);
  return `Bearer ${parameters.join(',')}`;
}

/** RFC 9110 quoted-string. Scopes hold parsed names, so only a wrong configuration can throw. */
function quote(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError('a challenge holds printable ASCII only');
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** The member names are those of CNCF Distribution, which clients print. */
function toDetail({ type, name, actions }: Access): { Type: string; Name: string; Action: string }[] {
  return actions.map((action) => ({ Type: type, Name: name, Action: action }));
}

function explain({ realm, service, required, error }: ChallengeOptions): string {
  const login = `docker login ${URL.canParse(realm) ? new URL(realm).host : service}`;
  if (error === 'invalid_token') return `the token has expired or is not valid here; run "${login}" and try again`;
  if (error === undefined || required.length === 0) return `authentication required; run "${login}" and try again`;
  return (
    `this needs ${required.map(describe).join(' and ')}, which these credentials do not give; ` +
    `run "${login}" with an account or token that may, or ask an owner of the namespace for a role`
  );
}

function describe({ type, name, actions }: Access): string {
  return type === 'registry' ? 'a signed-in user' : `${actions.join(' and ')} on ${name}`;
}
