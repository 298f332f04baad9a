import path from 'node:path';
import { defineSettings } from './settings-section.js';
import {
  boolean,
  bytes,
  integer,
  networks,
  oneOf,
  origin,
  origins,
  port,
  seconds,
  secret,
  text,
  url,
  urls,
} from './value-types.js';
import { variable } from './variable.js';

const portVariable = variable('STOWAGE_PORT', { type: port(), default: '8080', meaning: 'the port to listen on' });

export const listenSettings = defineSettings({
  port: portVariable,
  host: variable('STOWAGE_HOST', {
    type: text('an address or a host name'),
    default: '127.0.0.1',
    meaning: 'the address to listen on; `0.0.0.0` for every interface',
  }),
});

/** The one origin that clients know us by. Nothing that a request says about itself takes its place. */
export const publicUrlSettings = defineSettings(
  {
    port: portVariable,
    origin: variable('STOWAGE_PUBLIC_URL', {
      type: origin(),
      defaultShown: 'http://localhost:<port>',
      meaning: 'the canonical origin; the only source of the realm, of links and of URLs in e-mails',
    }),
  },
  (values) => ({ origin: values.origin ?? new URL(`http://localhost:${values.port}`).origin }),
);

/** Behind a proxy every request comes from its address; a limit for each client needs the clients' own. */
export const proxySettings = defineSettings(
  {
    trusted: variable('STOWAGE_TRUSTED_PROXIES', {
      type: networks(),
      defaultShown: 'unset: none',
      meaning:
        'addresses and networks of the proxies in front, with commas between: their `X-Forwarded-For` is believed',
    }),
  },
  ({ trusted = [] }) => ({ trusted }),
);

export const dataSettings = defineSettings(
  {
    directory: variable('STOWAGE_DATA_DIR', {
      type: text('the path of a folder'),
      default: './data',
      meaning: 'the folder of the embedded PostgreSQL and of local blobs',
    }),
  },
  ({ directory }) => ({ directory: path.resolve(directory) }),
);

export const databaseSettings = defineSettings({
  url: variable('STOWAGE_DATABASE_URL', {
    type: secret(url(['postgresql', 'postgres'])),
    defaultShown: 'unset: the embedded PostgreSQL',
    meaning: 'an external PostgreSQL',
  }),
});

export type SignUp = 'open' | 'invite' | 'closed';

export const signUpSettings = defineSettings({
  mode: variable('STOWAGE_SIGNUP', {
    type: oneOf<SignUp>(['open', 'invite', 'closed']),
    default: 'open',
    meaning: 'who may make an account, until an administrator says it in the dashboard',
  }),
});

/** Of the management API. */
export const apiSettings = defineSettings(
  {
    requestsPerMinute: variable('STOWAGE_API_RATE_LIMIT', {
      type: integer('a number of requests'),
      default: '600',
      meaning: 'requests a minute to the API of one user, or of one address without a sign-in; `0` is no limit',
    }),
    signUpsPerHour: variable('STOWAGE_SIGNUP_RATE_LIMIT', {
      type: integer('a number of accounts'),
      default: '20',
      meaning: 'new accounts an hour from one address; `0` is no limit',
    }),
    corsOrigins: variable('STOWAGE_CORS_ORIGINS', {
      type: origins(),
      defaultShown: 'unset: none',
      meaning: 'origins whose pages may use the API with an access token, with commas between',
    }),
  },
  ({ requestsPerMinute, signUpsPerHour, corsOrigins = [] }) => ({
    limits: { requestsPerMinute, signUpsPerHour },
    corsOrigins,
  }),
);

export const tokenSettings = defineSettings({
  accessTokenTtlSeconds: variable('STOWAGE_ACCESS_TOKEN_TTL', {
    type: seconds({ min: 60, max: 3600 }),
    default: '300',
    meaning: 'seconds that a token of the registry is valid, 60 to 3600',
  }),
});

export const issuerSettings = defineSettings(
  {
    private: variable('STOWAGE_PRIVATE_ISSUERS', {
      type: urls(['http', 'https']),
      defaultShown: 'unset: none',
      meaning: 'issuers of CI tokens that may be inside the network or on `http`, with commas between; others may not',
    }),
  },
  ({ private: listed = [] }) => ({ private: listed }),
);

export const signingKeySettings = defineSettings({
  periodSeconds: variable('STOWAGE_SIGNING_KEY_PERIOD', {
    type: seconds({ min: 10 }),
    default: '2592000',
    meaning: 'seconds that a key signs tokens before the next one takes over; at least 10',
  }),
});

export const uploadSettings = defineSettings({
  ttlSeconds: variable('STOWAGE_UPLOAD_TTL', {
    type: seconds({ min: 1 }),
    default: '86400',
    meaning: 'seconds that an upload session lives after its last byte',
  }),
});

export const manifestSettings = defineSettings({
  sparse: variable('STOWAGE_SPARSE_MANIFESTS', {
    type: boolean(),
    default: 'false',
    meaning: '`true` takes manifests although some of the blobs or manifests that they name are not in the repository',
  }),
});

export const gcSettings = defineSettings({
  reviewDelaySeconds: variable('STOWAGE_GC_REVIEW_DELAY', {
    type: seconds(),
    default: '86400',
    meaning: 'seconds from the moment something may have become garbage to its review',
  }),
  intervalSeconds: variable('STOWAGE_GC_INTERVAL', {
    type: seconds({ min: 1 }),
    default: '5',
    meaning: 'seconds between two looks for garbage to review',
  }),
  collectors: variable('STOWAGE_GC_COLLECTORS', {
    type: integer('a number', { min: 1, max: 16 }),
    default: '2',
    meaning: 'how many collectors review and remove garbage side by side, 1 to 16',
  }),
});

export const trashSettings = defineSettings({
  retentionSeconds: variable('STOWAGE_TRASH_RETENTION', {
    type: seconds(),
    default: '604800',
    meaning: 'seconds that what was deleted can be restored; `0` purges at once',
  }),
});

export const quotaSettings = defineSettings({
  defaultBytes: variable('STOWAGE_DEFAULT_QUOTA_BYTES', {
    type: bytes(),
    default: '10737418240',
    meaning: 'storage limit of a new namespace',
  }),
});

export const logSettings = defineSettings({
  level: variable('STOWAGE_LOG_LEVEL', {
    type: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    meaning: 'the least important messages that are written: `debug`, `info`, `warn`, `error` or `silent`',
  }),
  format: variable('STOWAGE_LOG_FORMAT', {
    type: oneOf(['auto', 'json', 'pretty']),
    default: 'auto',
    meaning: '`json`, `pretty`, or `auto`: pretty on a terminal, JSON elsewhere',
  }),
});
