export * from './job-claims.js';
export * from './test-issuer.js';
