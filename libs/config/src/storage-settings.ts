import type { Secret } from './secret.js';
import { defineSettings, type Refuse } from './settings-section.js';
import { boolean, oneOf, secret, text, url } from './value-types.js';
import { type Variable, variable } from './variable.js';

/** Where blobs are kept. Discriminated, so that a driver and its own settings come together. */
export type StorageSettings = { readonly driver: 'filesystem' } | S3Settings;

export interface S3Settings {
  readonly driver: 's3';
  readonly bucket: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly publicEndpoint: string | undefined;
  /** Undefined: what the environment has otherwise, such as an instance's role. */
  readonly credentials: { readonly accessKeyId: Secret; readonly secretAccessKey: Secret } | undefined;
  readonly forcePathStyle: boolean;
  /** Downloads are sent to the bucket with a presigned URL. */
  readonly redirect: boolean;
}

const driver = variable('STOWAGE_STORAGE', {
  type: oneOf(['filesystem', 's3']),
  default: 'filesystem',
  meaning: 'where blobs are kept: `filesystem` or `s3`',
});

const endpoint = url(['https', 'http']);

const s3 = {
  bucket: variable('STOWAGE_S3_BUCKET', { type: text(), meaning: 'the bucket' }),
  region: variable('STOWAGE_S3_REGION', { type: text(), defaultShown: 'us-east-1', meaning: 'its region' }),
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
  if (values.driver === 's3') return toS3(values, refuse);
  // Whoever configures a bucket expects his blobs there.
  const stray = (Object.keys(s3) as (keyof typeof s3)[]).find((key) => values[key] !== undefined);
  if (stray) return refuse(s3[stray], `${s3[stray].name} is set, but ${driver.name} is not s3`);
  return { driver: 'filesystem' };
});

type S3Values = { readonly [K in keyof typeof s3]: (typeof s3)[K] extends Variable<infer T> ? T : never };

function toS3(values: S3Values, refuse: Refuse): S3Settings {
  const { bucket, region, accessKeyId, secretAccessKey, endpoint, publicEndpoint } = values;
  if (bucket === undefined) return refuse(s3.bucket, `${s3.bucket.name} is missing: ${driver.name} is s3`);
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    const missing = accessKeyId === undefined ? s3.accessKeyId : s3.secretAccessKey;
    return refuse(missing, `${missing.name} is missing: the key and its secret are set together or not at all`);
  }
  return {
    driver: 's3',
    bucket,
    region: region ?? 'us-east-1',
    endpoint,
    publicEndpoint,
    credentials: accessKeyId && secretAccessKey && { accessKeyId, secretAccessKey },
    forcePathStyle: values.forcePathStyle ?? false,
    redirect: values.redirect ?? false,
  };
}
