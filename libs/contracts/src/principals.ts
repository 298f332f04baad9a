import { z } from 'zod';

/**
 * Who may act on the registry: a person, a robot of a namespace, or a CI job. A job has no row of its own: it acts as the
 * trust rule that let it in.
 */
export const PRINCIPAL_KINDS = ['user', 'robot', 'rule'] as const;
export const principalKindSchema = z.enum(PRINCIPAL_KINDS);
export type PrincipalKind = z.infer<typeof principalKindSchema>;
