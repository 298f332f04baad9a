import { type NamespaceOperation, roleAllows } from '@stowage/auth';
import { type AccessRule, ROLES, type Role } from '@stowage/contracts';

/** Every kind of caller that a wall stands against, towards a namespace and its private repository. */
export const CALLERS = [
  'anonymous',
  'outsider',
  ...ROLES,
  'token of the owner',
  'limited token',
  'robot',
  'administrator',
  'disabled owner',
] as const;
export type Caller = (typeof CALLERS)[number];

/** What somebody meets: let through, or refused with this status. */
export type Decision = '✓' | 401 | 403 | 404;

/** Whose rights a caller has inside the namespace. Administering the registry gives none. */
function roleOf(caller: Caller): Role | null {
  if (caller === 'token of the owner' || caller === 'limited token') return 'owner';
  return ROLES.find((role) => role === caller) ?? null;
}

function isSignedIn(caller: Caller): boolean {
  return caller !== 'anonymous' && caller !== 'disabled owner';
}

export interface Asked {
  readonly access: AccessRule;
  readonly method: string;
}

/**
 * The decision that the rule of a route means for a caller. The limited token has `pull` and `api` on the private
 * repository: it reaches that one's routes, may not delete, and nothing else.
 */
export function decisionFor({ access, method }: Asked, caller: Caller): Decision {
  // A robot's secret is no credential here, and bad ones are refused everywhere.
  if (caller === 'robot') return 401;
  const [where, operation] = access.split(': ', 2) as [string, string | undefined];
  if (caller === 'limited token' && (where !== 'repository' || method === 'DELETE')) return 403;
  if (access === 'anyone') return '✓';
  if (operation === 'see') return roleOf(caller) !== null ? '✓' : 404;
  if (!isSignedIn(caller)) return 401;
  return operation === undefined ? personalDecision(access, caller) : roleDecision(operation, caller);
}

/** For a route that is about the caller, and for one that is about the whole registry. */
function personalDecision(access: AccessRule, caller: Caller): Decision {
  if (access === 'in-person') return caller === 'token of the owner' ? 403 : '✓';
  if (access === 'administrator') return caller === 'administrator' ? '✓' : 403;
  return '✓';
}

function roleDecision(operation: string, caller: Caller): Decision {
  const role = roleOf(caller);
  if (role === null) return 404;
  return roleAllows(role, operation as NamespaceOperation) ? '✓' : 403;
}
