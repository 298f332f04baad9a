import { isNamespaceName } from '@stowage/oci';
import { z } from 'zod';

/** Users and organisations share one name space, because both own a namespace. */
export const namespaceNameSchema = z
  .string()
  .trim()
  .min(2, 'at least 2 characters')
  .max(63, 'at most 63 characters')
  .refine(isNamespaceName, 'lower-case letters and digits, with single ".", "_" or "-" between');

export const emailSchema = z.email('not an e-mail address').max(254);
export const passwordSchema = z.string().min(10, 'at least 10 characters').max(256, 'at most 256 characters');
export const timestampSchema = z.iso.datetime();
export const VISIBILITIES = ['private', 'internal', 'public'] as const;
export const visibilitySchema = z.enum(VISIBILITIES);
export type Visibility = z.infer<typeof visibilitySchema>;
export const ROLES = ['reader', 'developer', 'maintainer', 'owner'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;
