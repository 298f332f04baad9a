/** Who asked for a change; what audit rows name. */
export interface Actor {
  readonly userId: string | null;
  readonly username: string | null;
  readonly credentialId: string | null;
  readonly address: string | null;
}

/** Changes that nobody asked for: expiry, sweeps, the first start. */
export const SYSTEM_ACTOR: Actor = { userId: null, username: 'system', credentialId: null, address: null };
