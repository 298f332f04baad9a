/** A limit of S3. */
export const MAX_PARTS = 10_000;
/** The least that S3 takes for any part but the last. */
export const SMALLEST_PART = 5 * 1024 * 1024;
const PARTS_OF_ONE_SIZE = 1_000;

export interface PartPlace {
  /** From 1, as S3 counts. */
  readonly number: number;
  readonly start: number;
  readonly size: number;
}

/**
 * The part that holds the byte at `offset`. Part sizes double every 1000 parts, so that 10,000 of them hold 4.9 TiB,
 * while an ordinary layer costs little memory. A pure function of the offset: any process finds the same boundaries.
 * What lies after them is in a part that S3 doesn't have.
 */
export function partAt(offset: number): PartPlace {
  let first = 1;
  let start = 0;
  let size = SMALLEST_PART;
  while (offset >= start + PARTS_OF_ONE_SIZE * size && first + PARTS_OF_ONE_SIZE <= MAX_PARTS) {
    start += PARTS_OF_ONE_SIZE * size;
    first += PARTS_OF_ONE_SIZE;
    size *= 2;
  }
  const within = Math.floor((offset - start) / size);
  return { number: first + within, start: start + within * size, size };
}

export function nextPart(part: PartPlace): PartPlace {
  return partAt(part.start + part.size);
}
