import 'reflect-metadata';

export { loadCookieSecret } from './access/cookie-secret.js';
export { hashSetupCode } from './accounts/setup-code.js';
export type { ApiOptions } from './api-options.js';
export { createApiApp } from './create-api-app.js';
