/** Sizes as people set them. */
export const QUOTA_UNITS = ['MiB', 'GiB', 'TiB'] as const;
export type QuotaUnit = (typeof QUOTA_UNITS)[number];

const BYTES: Record<QuotaUnit, number> = { MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

export interface QuotaSize {
  readonly amount: string;
  readonly unit: QuotaUnit;
}

/** In the largest unit that needs no more than two digits behind the point. */
export function toQuotaSize(bytes: number): QuotaSize {
  const unit = QUOTA_UNITS.findLast((each) => bytes >= BYTES[each] && isShort(bytes / BYTES[each])) ?? 'MiB';
  return { amount: String(Math.round((bytes / BYTES[unit]) * 100) / 100), unit };
}

/** Undefined for what is no amount, or more than can be counted exactly. */
export function toQuotaBytes({ amount, unit }: QuotaSize): number | undefined {
  if (!/^\d{1,9}([.,]\d{1,2})?$/.test(amount.trim())) return undefined;
  const bytes = Math.round(Number(amount.trim().replace(',', '.')) * BYTES[unit]);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

function isShort(amount: number): boolean {
  return Math.round(amount * 100) === amount * 100;
}
