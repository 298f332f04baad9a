export { Cable } from './cable.js';
export { DOCUMENTED_ACTIONS } from './documented-policy.js';
export { type S3Server, S3Store } from './s3-store.js';
