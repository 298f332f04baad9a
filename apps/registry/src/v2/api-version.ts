/** Docker's engine asks for it before it talks to a registry. */
export const API_VERSION = { 'docker-distribution-api-version': 'registry/2.0' } as const;
