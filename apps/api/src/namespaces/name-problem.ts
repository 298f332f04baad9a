import { NamespaceNameTakenError } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';

/** 409 for a name that somebody has, or that is kept for a while; any other error as it was. */
export function toNameProblem(error: unknown, field: string): unknown {
  if (!(error instanceof NamespaceNameTakenError)) return error;
  return fieldProblem(409, { field, message: takenMessage(error.heldUntil) }, error);
}

/** Whoever could take a name that others still pull from would serve them other images. */
export function takenMessage(heldUntil: Date | null): string {
  if (heldUntil === null) return 'this name is taken';
  return `this name was given up and is kept free until ${heldUntil.toISOString().slice(0, 10)}`;
}
