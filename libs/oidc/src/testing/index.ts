export * from './job-claims.js';
export * from './openid-provider.js';
export * from './test-issuer.js';
