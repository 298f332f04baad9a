import { isRepositoryName, type RepositoryName } from '@stowage/oci';
import { z } from 'zod';
import { type Access, CATALOG_ACCESS, REGISTRY_ACTIONS } from './access.js';
import { type Principal, parseSubject } from './principal.js';
import { MAX_SCOPES } from './scope.js';

/** `typ` of the header. */
export const TOKEN_TYPE = 'JWT';
export const MIN_TOKEN_LIFETIME_SECONDS = 60;
/** Signers refuse to start with a longer lifetime, and verifiers refuse tokens with one. */
export const MAX_TOKEN_LIFETIME_SECONDS = 3600;

/** What a verified registry token says. */
export interface RegistryTokenClaims {
  /** Null for an anonymous caller. */
  readonly principal: Principal | null;
  /** The access token or secret that the caller signed in with; null after a password, and for an anonymous caller. */
  readonly credentialId: string | null;
  /** When that credential ends, so that whoever uses it can be told before; null when it does not, and without one. */
  readonly credentialExpiresAt: Date | null;
  readonly access: readonly Access[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly id: string;
}

const accessSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('repository'),
    name: z.custom<RepositoryName>((value) => typeof value === 'string' && isRepositoryName(value)),
    actions: z.array(z.enum(REGISTRY_ACTIONS)).min(1).max(REGISTRY_ACTIONS.length),
  }),
  z
    .object({ type: z.literal('registry'), name: z.literal('catalog'), actions: z.tuple([z.literal('*')]) })
    .transform(() => CATALOG_ACCESS),
]);

/** The payload as it is signed; the verifier compares issuer and audience. A list of audiences is never one of ours. */
export const payloadSchema = z.object({
  sub: z
    .string()
    .max(255)
    .refine((sub) => sub === '' || parseSubject(sub) !== undefined),
  jti: z.string().min(1).max(255),
  aud: z.string(),
  exp: z.int(),
  nbf: z.int(),
  iat: z.int(),
  username: z.string().max(255).optional(),
  credential: z.string().max(255).optional(),
  credential_exp: z.int().optional(),
  access: z.array(accessSchema).max(MAX_SCOPES),
});
export type RegistryTokenPayload = z.infer<typeof payloadSchema>;

export function toClaims(payload: RegistryTokenPayload): RegistryTokenClaims {
  return {
    principal: principalOf(payload),
    credentialId: payload.credential ?? null,
    credentialExpiresAt: payload.credential_exp === undefined ? null : new Date(payload.credential_exp * 1000),
    access: payload.access,
    issuedAt: new Date(payload.iat * 1000),
    expiresAt: new Date(payload.exp * 1000),
    id: payload.jti,
  };
}

function principalOf({ sub, username }: RegistryTokenPayload): Principal | null {
  const subject = parseSubject(sub);
  return subject ? { ...subject, name: username ?? subject.id } : null;
}
