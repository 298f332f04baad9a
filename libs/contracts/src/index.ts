export * from './access-tokens.js';
export * from './accounts.js';
export * from './names.js';
export * from './namespaces.js';
export * from './page.js';
export * from './paths.js';
export * from './problem.js';
export * from './repositories.js';
