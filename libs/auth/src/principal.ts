import type { PrincipalKind } from '@stowage/contracts';

/** Somebody who acts on the registry. A CI job goes by the id of the trust rule that let it in. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
  /** For people and the audit log: a username, a robot's `ns.name`, a job with its rule. Nothing is decided by it. */
  readonly name: string;
}

/** What decisions ask about a caller. */
export type Caller = 'anonymous' | PrincipalKind;

export function callerKind(principal: Principal | null): Caller {
  return principal?.kind ?? 'anonymous';
}

/**
 * The `sub` of registry tokens: a user's id as it is, `robot:` or `rule:` and the id for others, empty for nobody. A user's
 * id has no colon, so no user can be named what a robot is.
 */
export function formatSubject(principal: Principal | null): string {
  if (principal === null) return '';
  return principal.kind === 'user' ? principal.id : `${principal.kind}:${principal.id}`;
}

/** Undefined for what `formatSubject` never writes. */
export function parseSubject(subject: string): { readonly kind: PrincipalKind; readonly id: string } | undefined {
  const [, kind = 'user', id] = /^(?:(robot|rule):)?([^:]+)$/.exec(subject) ?? [];
  return id === undefined ? undefined : { kind: kind as PrincipalKind, id };
}
