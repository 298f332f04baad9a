import 'reflect-metadata';

export { createRegistryApp } from './create-registry-app.js';
export type { RegistryOptions } from './registry-options.js';
