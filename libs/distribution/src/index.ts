export { BlobUploads, type UploadBody, type UploadOwner } from './blob-uploads.js';
export { Blobs } from './blobs.js';
export { createDistribution, type DistributionOptions } from './create-distribution.js';
export type { DistributionDependencies } from './dependencies.js';
export { type ManifestUpload, Manifests, type PushedManifest } from './manifests.js';
export { formatBytes } from './quota-errors.js';
export { Referrers, type ReferrersPage, type ReferrersQuery } from './referrers.js';
export { emptyBody } from './upload-append.js';
export { expireUploads, removeAbandonedBytes } from './upload-expiry.js';
