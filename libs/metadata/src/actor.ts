import type { PrincipalKind } from '@stowage/contracts';

/** Names somebody who acts on the registry. A CI job goes by the id of the trust rule that let it in. */
export interface PrincipalRef {
  readonly kind: PrincipalKind;
  readonly id: string;
}

/** Who asked for a change; what audit rows name. */
export interface Actor {
  /** Null, with `id`, when it is nobody who has signed in. */
  readonly kind: PrincipalKind | null;
  readonly id: string | null;
  /** A username, the robot's `ns.name`, or a CI job with its rule. */
  readonly name: string | null;
  readonly credentialId: string | null;
  readonly address: string | null;
  /** Who really did it, in the place of the one that is named. */
  readonly administrator?: string;
}

/** Changes that nobody asked for: expiry, sweeps, the first start. */
export const SYSTEM_ACTOR: Actor = { kind: null, id: null, name: 'system', credentialId: null, address: null };

/** Somebody who has not signed in. */
export function anonymousActor(address: string | null): Actor {
  return { kind: null, id: null, name: null, credentialId: null, address };
}

export function userActor(
  user: { readonly id: string; readonly username: string },
  { credentialId = null, address = null }: { credentialId?: string | null; address?: string | null } = {},
): Actor {
  return { kind: 'user', id: user.id, name: user.username, credentialId, address };
}
