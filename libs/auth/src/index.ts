export * from './access.js';
export * from './authorize.js';
export * from './challenge.js';
export type { Clock } from './clock.js';
export * from './grant.js';
export * from './key-set.js';
export * from './password.js';
export { PasswordQueueFullError } from './password-queue.js';
export * from './principal.js';
export { type PublicKey, toJwks } from './public-key.js';
export {
  MAX_TOKEN_LIFETIME_SECONDS,
  MIN_TOKEN_LIFETIME_SECONDS,
  type RegistryTokenClaims,
} from './registry-token-claims.js';
export * from './registry-token-signer.js';
export * from './registry-token-verifier.js';
export * from './required-access.js';
export * from './reserved-names.js';
export * from './role.js';
export * from './rotation-policy.js';
export * from './scope.js';
export * from './secret-seal.js';
export * from './secret-token.js';
export { generateSigningKey, type JWK, type SigningKey } from './signing-key.js';
