import { LIMIT_NAMES, type LimitName, type Limits } from '@stowage/contracts';
import { formatBytes } from '../../../lib/format-bytes';
import { type QuotaUnit, toQuotaBytes, toQuotaSize } from './quota-size';

/** One limit as a form has it. `plan`: what the plan of the namespace says. */
export interface LimitValue {
  readonly mode: 'plan' | 'none' | 'own';
  readonly amount: string;
  readonly unit: QuotaUnit;
}

export type LimitValues = Readonly<Record<LimitName, LimitValue>>;

export const LIMIT_LABELS: Readonly<Record<LimitName, string>> = {
  storageBytes: 'Storage',
  layerBytes: 'Size of a layer',
  privateRepositories: 'Private repositories',
  members: 'Members',
  robots: 'Robots',
};

/** In the order in which people look for them. */
export const SHOWN_LIMITS = ['storageBytes', 'layerBytes', 'privateRepositories', 'members', 'robots'] as const;

export function isBytes(name: LimitName): boolean {
  return name === 'storageBytes' || name === 'layerBytes';
}

/** For people: `10 GiB`, `25`, `unlimited`. */
export function limitText(name: LimitName, limit: number | null): string {
  if (limit === null) return 'unlimited';
  return isBytes(name) ? formatBytes(limit) : limit.toLocaleString();
}

/** `own`: the limits that are not the plan's; all of them when absent, as those of a plan are. */
export function toLimitValues(limits: Limits, own: readonly LimitName[] = LIMIT_NAMES): LimitValues {
  return mapLimits((name) => toValue(name, limits[name], own.includes(name)));
}

function toValue(name: LimitName, limit: number | null, isOwn: boolean): LimitValue {
  const size = isBytes(name)
    ? toQuotaSize(limit ?? 0)
    : { amount: limit === null ? '' : String(limit), unit: 'GiB' as const };
  const { unit } = limit === null ? { unit: 'GiB' as const } : size;
  const mode = isOwn ? (limit === null ? 'none' : 'own') : 'plan';
  return { mode, amount: limit === null ? '' : size.amount, unit };
}

/** What the API is told of a limit; undefined for an amount that is none. */
export function fromLimitValue(
  name: LimitName,
  { mode, amount, unit }: LimitValue,
): number | null | 'plan' | undefined {
  if (mode === 'plan') return 'plan';
  if (mode === 'none') return null;
  if (isBytes(name)) return toQuotaBytes({ amount, unit });
  const count = /^\d{1,9}$/.test(amount.trim()) ? Number(amount.trim()) : undefined;
  return name === 'members' && count === 0 ? undefined : count;
}

/** A message for each limit that is no limit. */
export function limitErrors(values: LimitValues): Record<string, string> {
  const wrong = LIMIT_NAMES.filter((name) => fromLimitValue(name, values[name]) === undefined);
  return Object.fromEntries(wrong.map((name) => [name, errorOf(name)]));
}

function errorOf(name: LimitName): string {
  if (isBytes(name)) return 'A number such as 10 or 1.5';
  return name === 'members' ? 'A number, 1 or more' : 'A number such as 10';
}

export function mapLimits<Value>(valueOf: (name: LimitName) => Value): Record<LimitName, Value> {
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, valueOf(name)])) as Record<LimitName, Value>;
}
