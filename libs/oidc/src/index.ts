export * from './id-token.js';
export { type Issuer, IssuerPolicy, InvalidIssuerError } from './issuer.js';
export { IssuerKeyCache } from './issuer-key-cache.js';
export { IssuerKeySource } from './issuer-keys.js';
export { type IssuerFault, IssuerUnavailableError } from './issuer-unavailable.js';
export * from './rule-match.js';
export * from './providers/provider.js';
export { newAttempt, SignInProviders } from './providers/sign-in-providers.js';
