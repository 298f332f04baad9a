import 'reflect-metadata';

export type { AuthOptions } from './auth-options.js';
export { createAuthApp } from './create-auth-app.js';
