import { z } from 'zod';
import { pageQuerySchema } from './page.js';

export const DOMAIN_LISTS = ['blocked', 'allowed'] as const;
const domainListSchema = z.enum(DOMAIN_LISTS);
export type DomainList = z.infer<typeof domainListSchema>;

/** A name of RFC 1123 with at least one dot; international ones as DNS has them (`xn--…`). */
const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'a domain such as example.com',
  );

/** Whoever has an address at the domain, or at one below it, may not make an account; or nobody else may. */
export const signUpDomainSchema = z.object({ domain: z.string(), list: domainListSchema });
export type SignUpDomain = z.infer<typeof signUpDomainSchema>;

/** `GET /admin/sign-up-domains`, by name; those that contain `search`. */
export const signUpDomainQuerySchema = pageQuerySchema.extend({
  list: domainListSchema,
  search: z.string().trim().toLowerCase().max(253).default(''),
});
export type SignUpDomainQuery = z.infer<typeof signUpDomainQuerySchema>;

export const MAX_DOMAINS_AT_ONCE = 5000;

/** `POST /admin/sign-up-domains`; one that is on the other list goes to this one. */
export const addSignUpDomainsSchema = z.strictObject({
  list: domainListSchema,
  domains: z.array(domainSchema).min(1, 'name at least one').max(MAX_DOMAINS_AT_ONCE),
});
export type AddSignUpDomains = z.infer<typeof addSignUpDomainsSchema>;

/** How many of them were not on the list before. */
export const addedSignUpDomainsSchema = z.object({ added: z.number().int() });
export type AddedSignUpDomains = z.infer<typeof addedSignUpDomainsSchema>;
