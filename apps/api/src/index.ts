import 'reflect-metadata';

export { loadCookieSecret } from './access/cookie-secret.js';
export { prepareAdministrator } from './accounts/first-administrator.js';
export type { ApiOptions } from './api-options.js';
export { createApiApp } from './create-api-app.js';
