import { accessTokenSchema, type CreateAccessToken, type Grant } from '@stowage/contracts';
import { type GrantDraft, grantsOf, validateGrants } from '../../../components/grants/grant-drafts';

/** What somebody makes a token for: a first guess at the rest. */
export const PURPOSES = [
  {
    value: 'person',
    label: 'My own machine',
    description: 'docker, podman or a script that works as you do, on a computer that you alone use',
    scope: 'all',
    actions: ['pull', 'push'],
    expiry: '90',
  },
  {
    value: 'build',
    label: 'A build that pushes',
    description: 'CI that pushes images to some repositories',
    scope: 'grants',
    actions: ['pull', 'push'],
    expiry: '90',
  },
  {
    value: 'server',
    label: 'A server that pulls',
    description: 'A cluster or a machine that only runs what others have pushed',
    scope: 'grants',
    actions: ['pull'],
    expiry: '365',
  },
] as const;

export type Purpose = (typeof PURPOSES)[number]['value'];

export interface TokenFormValues {
  purpose: Purpose;
  name: string;
  scope: 'all' | 'grants';
  namespace: string;
  drafts: readonly GrantDraft[];
  /** Whether the token also reaches the management API of these repositories. */
  api: boolean;
  /** Days, or "never". */
  expiry: string;
}

export const EXPIRIES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const;

/** What the steps ask for, one after the other; a step is left when nothing in it is wrong. */
export const STEPS = ['What for', 'What it may do', 'How long'] as const;

export function firstValues(namespaces: readonly string[]): TokenFormValues {
  return { name: '', namespace: namespaces[0] ?? '', api: false, ...guessFor('person') };
}

export function guessFor(purpose: Purpose): Pick<TokenFormValues, 'purpose' | 'scope' | 'drafts' | 'expiry'> {
  const { scope, actions, expiry } = PURPOSES.find(({ value }) => value === purpose) ?? PURPOSES[0];
  return { purpose, scope, drafts: [{ path: '*', actions: [...actions] }], expiry };
}

/** What the form says, as the API wants it. Without grants the token may do what its owner may. */
export function toCreateToken(values: TokenFormValues): CreateAccessToken {
  const base = { name: values.name.trim(), expiresInDays: daysOf(values.expiry) };
  return values.scope === 'all' ? base : { ...base, grants: toGrants(values) };
}

export function toGrants({ namespace, drafts, api }: TokenFormValues): Grant[] {
  return grantsOf(namespace, drafts).map(({ repository, actions }) => ({
    repository,
    actions: api ? [...actions, 'api'] : [...actions],
  }));
}

export function daysOf(expiry: string): number | null {
  return expiry === 'never' ? null : Number(expiry);
}

/** What is wrong with a step, by field. */
export function problemsOfStep(step: number, values: TokenFormValues): Record<string, string> {
  if (step === 0) {
    const isNamed = accessTokenSchema.shape.name.safeParse(values.name).success && values.name.trim() !== '';
    return isNamed ? {} : { name: 'Give it a name that says where it will be used' };
  }
  if (step !== 1 || values.scope === 'all') return {};
  if (!values.namespace) return { namespace: 'Choose a namespace' };
  const problem = validateGrants(values.namespace, values.drafts, { needsOne: true });
  return problem === undefined ? {} : { drafts: problem };
}
