export interface Challenge {
  readonly realm: string;
  readonly service: string;
  readonly scopes: readonly string[];
  readonly error: string | undefined;
}

const PARAMETER = /([a-z_]+)="([^"]*)"/g;

/** `WWW-Authenticate: Bearer realm="…",service="…",scope="…"` (Docker token specification). */
export function parseChallenge(header: string | null): Challenge {
  if (!header?.startsWith('Bearer ')) throw new Error(`not a bearer challenge: ${header}`);
  const parameters = new Map([...header.matchAll(PARAMETER)].map(([, name = '', value = '']) => [name, value]));
  const realm = parameters.get('realm');
  const service = parameters.get('service');
  if (!realm || !service) throw new Error(`a challenge without realm or service: ${header}`);
  return {
    realm,
    service,
    scopes: (parameters.get('scope') ?? '').split(' ').filter(Boolean),
    error: parameters.get('error'),
  };
}
