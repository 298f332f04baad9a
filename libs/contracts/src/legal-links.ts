import { z } from 'zod';

/** Where pages link to: addresses elsewhere, or paths of this site. Null: nothing is told about it. */
export const legalLinksSchema = z.object({
  terms: z.object({ version: z.string(), href: z.string() }).nullable(),
  privacy: z.string().nullable(),
  abuse: z.string().nullable(),
  status: z.string().nullable(),
});
export type LegalLinks = z.infer<typeof legalLinksSchema>;
