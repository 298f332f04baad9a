import { defineSettings } from './settings-section.js';
import { boolean, oneOf, secret, text, url } from './value-types.js';
import { variable } from './variable.js';

/** Where blobs are kept. Discriminated, so that a driver and its own settings come together. */
export type StorageSettings = { readonly driver: 'filesystem' };

const driver = variable('STOWAGE_STORAGE', {
  type: oneOf(['filesystem', 's3']),
  default: 'filesystem',
  meaning: 'where blobs are kept: `filesystem` or `s3`',
});

const endpoint = url(['https', 'http']);

const s3 = {
  bucket: variable('STOWAGE_S3_BUCKET', { type: text(), meaning: 'the bucket' }),
  region: variable('STOWAGE_S3_REGION', { type: text(), meaning: 'its region' }),
  endpoint: variable('STOWAGE_S3_ENDPOINT', { type: endpoint, meaning: 'the service, when it is not AWS' }),
  publicEndpoint: variable('STOWAGE_S3_PUBLIC_ENDPOINT', {
    type: endpoint,
    meaning: 'the service as clients reach it, for redirects',
  }),
  accessKeyId: variable('STOWAGE_S3_ACCESS_KEY_ID', { type: secret(), meaning: 'the access key' }),
  secretAccessKey: variable('STOWAGE_S3_SECRET_ACCESS_KEY', { type: secret(), meaning: 'the secret of the key' }),
  forcePathStyle: variable('STOWAGE_S3_FORCE_PATH_STYLE', {
    type: boolean(),
    meaning: '`true` puts the bucket into the path, not into the host name',
  }),
  redirect: variable('STOWAGE_S3_REDIRECT', {
    type: boolean(),
    meaning: '`true` answers a blob GET with 307 to a presigned URL',
  }),
};

export const storageSettings = defineSettings({ driver, ...s3 }, (values, refuse): StorageSettings => {
  if (values.driver === 's3') return refuse(driver, `${driver.name}: only filesystem is available in this version`);
  // Whoever configures a bucket expects his blobs there.
  const stray = (Object.keys(s3) as (keyof typeof s3)[]).find((key) => values[key] !== undefined);
  if (stray) return refuse(s3[stray], `${s3[stray].name} is set, but ${driver.name} is not s3`);
  return { driver: 'filesystem' };
});
