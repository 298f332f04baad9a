/**
 * Explicit SQL inside a transaction: what Prisma's client and `PreparedTransaction` have in common, so that a step of a
 * transaction runs in either. Values are parameters, never text; `bigint` columns come as `bigint`.
 */
export interface Statements {
  $queryRaw<Rows>(text: TemplateStringsArray, ...values: unknown[]): Promise<Rows>;
  /** Resolves with the number of rows that were changed. */
  $executeRaw(text: TemplateStringsArray, ...values: unknown[]): Promise<number>;
}
