import type { CreateAccessToken, Grant } from '@stowage/contracts';

export type TokenAction = 'pull' | 'push' | 'delete';

export interface TokenFormValues {
  name: string;
  /** Days, or "never". */
  expiry: string;
  scope: 'all' | 'namespace';
  namespace: string;
  actions: TokenAction[];
}

export const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const;

/** What the form says, as the API wants it. Without grants the token may do what its owner may. */
export function toCreateToken(values: TokenFormValues): CreateAccessToken {
  const base = { name: values.name.trim(), expiresInDays: values.expiry === 'never' ? null : Number(values.expiry) };
  if (values.scope === 'all') return base;
  const grant: Grant = { repository: `${values.namespace}/*`, actions: values.actions };
  return { ...base, grants: [grant] };
}

export function validateToken(values: TokenFormValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (values.name.trim() === '') errors.name = 'Give it a name that says where it will be used';
  if (values.scope === 'namespace' && !values.namespace) errors.namespace = 'Choose a namespace';
  if (values.scope === 'namespace' && values.actions.length === 0) errors.actions = 'Choose at least one';
  return errors;
}
