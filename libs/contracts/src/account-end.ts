import { z } from 'zod';

/** `GET /account/deletion`: what stands in the way, and what would go with the account. */
export const accountEndSchema = z.object({
  /** Organisations that nobody else owns: they need another owner first. */
  soleOwnerOf: z.array(z.string()),
  isLastAdministrator: z.boolean(),
  /** Repositories of the personal namespace, with all their images. */
  repositories: z.number().int(),
});
export type AccountEnd = z.infer<typeof accountEndSchema>;

/** `POST /account/deletion` → 204. Both say that the person knows what goes. */
export const deleteAccountSchema = z.strictObject({
  username: z.string().max(63),
  repositories: z.number().int().min(0),
});
export type DeleteAccount = z.infer<typeof deleteAccountSchema>;
