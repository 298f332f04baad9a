import { z } from 'zod';
import { timestampSchema } from './names.js';

// URLs are parsed without the line breaks in them: a field of security.txt that held one would be two.
const pageAddressSchema = z
  .url({ protocol: /^https?$/, error: 'an address that begins with https://' })
  .regex(/^\S+$/, 'an address without spaces')
  .max(2000);

/** Where people write to: an e-mail address, or the address of a page. */
const contactSchema = z
  .string()
  .trim()
  .max(500)
  .refine(isContact, 'an e-mail address, or the address of a page that begins with https://');

function isContact(text: string): boolean {
  return z.email().safeParse(text).success || pageAddressSchema.safeParse(text).success;
}

/** What a link to a contact leads to. */
export function contactHref(contact: string): string {
  return /^https?:\/\//i.test(contact) ? contact : `mailto:${contact}`;
}

const textSchema = z.string().trim().min(1, 'write something').max(60_000);

/** A page elsewhere, or a text of plain paragraphs that this registry shows itself. */
const noticeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), url: pageAddressSchema }),
  z.strictObject({ kind: z.literal('text'), text: textSchema }),
]);
export type LegalNotice = z.infer<typeof noticeSchema>;

const versionSchema = z.string().trim().min(1, 'name the version, such as its date').max(100);

/** What the operator of this registry tells its users. Null: nothing of it. */
export const legalSchema = z.strictObject({
  terms: z
    .strictObject({
      /** What a new account accepts, and what is recorded of it. */
      version: versionSchema,
      notice: noticeSchema,
    })
    .nullable(),
  privacy: noticeSchema.nullable(),
  /** For whoever finds something in a public repository that should not be there. */
  abuseContact: contactSchema.nullable(),
  statusPage: pageAddressSchema.nullable(),
  /** `/.well-known/security.txt` (RFC 9116). */
  security: z
    .strictObject({
      /** The best one first. */
      contacts: z.array(contactSchema).min(1, 'name at least one').max(5),
      /** Whoever reads the file later knows that it may be out of date. */
      expiresAt: timestampSchema,
      policy: pageAddressSchema.nullable(),
    })
    .nullable(),
});
export type Legal = z.infer<typeof legalSchema>;

export const NO_LEGAL: Legal = { terms: null, privacy: null, abuseContact: null, statusPage: null, security: null };

/** `GET /legal`, for everybody. */
export const publicLegalSchema = legalSchema.omit({ security: true });
export type PublicLegal = z.infer<typeof publicLegalSchema>;

/** The version of the terms that whoever makes an account has agreed to; needed where there are terms. */
export const acceptedTermsSchema = versionSchema.optional();
