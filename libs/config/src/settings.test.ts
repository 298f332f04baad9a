import path from 'node:path';
import { expect, test } from 'vitest';
import { administratorSettings } from './administrator-settings.js';
import { loadConfig } from './load-config.js';
import { mailSettings } from './mail-settings.js';
import {
  dataSettings,
  databaseSettings,
  gcSettings,
  manifestSettings,
  listenSettings,
  logSettings,
  publicUrlSettings,
  quotaSettings,
  signingKeySettings,
  signUpSettings,
  tokenSettings,
  trashSettings,
  uploadSettings,
} from './settings.js';
import { storageSettings } from './storage-settings.js';
import { listVariables } from './variable-list.js';

const everything = {
  listen: listenSettings,
  publicUrl: publicUrlSettings,
  data: dataSettings,
  database: databaseSettings,
  storage: storageSettings,
  administrator: administratorSettings,
  signUp: signUpSettings,
  tokens: tokenSettings,
  signingKeys: signingKeySettings,
  uploads: uploadSettings,
  gc: gcSettings,
  manifests: manifestSettings,
  trash: trashSettings,
  quota: quotaSettings,
  mail: mailSettings,
  log: logSettings,
};

const load = (environment: Record<string, string>) => loadConfig(everything, environment);

test('has the defaults of the documentation', () => {
  expect(load({})).toEqual({
    listen: { port: 8080, host: '127.0.0.1' },
    publicUrl: { origin: 'http://localhost:8080' },
    data: { directory: path.resolve('data') },
    database: { url: undefined },
    storage: { driver: 'filesystem' },
    administrator: undefined,
    signUp: { mode: 'open' },
    tokens: { accessTokenTtlSeconds: 300 },
    signingKeys: { periodSeconds: 2_592_000 },
    uploads: { ttlSeconds: 86_400 },
    gc: { reviewDelaySeconds: 86_400, intervalSeconds: 5, collectors: 2 },
    manifests: { sparse: false },
    trash: { retentionSeconds: 604_800 },
    quota: { defaultBytes: 10_737_418_240 },
    mail: undefined,
    log: { level: 'info', format: 'auto' },
  });
});

test('takes the public URL from the port unless it is given', () => {
  expect(load({ STOWAGE_PORT: '80' }).publicUrl.origin).toBe('http://localhost');
  expect(load({ STOWAGE_PORT: '9000' }).publicUrl.origin).toBe('http://localhost:9000');
  expect(load({ STOWAGE_PUBLIC_URL: 'https://r.example.com/' }).publicUrl.origin).toBe('https://r.example.com');
  expect(() => load({ STOWAGE_PUBLIC_URL: 'https://r.example.com/registry' })).toThrow(
    'STOWAGE_PUBLIC_URL must be an origin such as https://registry.example.com, without a path',
  );
});

test('takes an administrator only as a whole', () => {
  const whole = { STOWAGE_ADMIN_USERNAME: 'ada', STOWAGE_ADMIN_EMAIL: 'ada@x.org', STOWAGE_ADMIN_PASSWORD: 'secret-1' };
  expect(load(whole).administrator).toMatchObject({ username: 'ada', email: 'ada@x.org' });
  for (const name of Object.keys(whole)) {
    expect(() => load({ ...whole, [name]: '' })).toThrow(
      `${name} is missing: STOWAGE_ADMIN_USERNAME, STOWAGE_ADMIN_EMAIL, STOWAGE_ADMIN_PASSWORD are set together or not at all`,
    );
  }
});

test('takes a bucket with or without keys, and keys only as a pair', () => {
  const bucket = { STOWAGE_STORAGE: 's3', STOWAGE_S3_BUCKET: 'b' };
  expect(load(bucket).storage).toMatchObject({ driver: 's3', bucket: 'b', region: 'us-east-1', redirect: false });
  const keys = { STOWAGE_S3_ACCESS_KEY_ID: 'id', STOWAGE_S3_SECRET_ACCESS_KEY: 'key' };
  const { storage } = load({ ...bucket, ...keys, STOWAGE_S3_REDIRECT: 'true' });
  expect(storage.driver === 's3' && storage.credentials?.secretAccessKey.reveal()).toBe('key');
  expect(storage).toMatchObject({ redirect: true });
  expect(() => load({ STOWAGE_STORAGE: 's3' })).toThrow('STOWAGE_S3_BUCKET is missing: STOWAGE_STORAGE is s3');
  expect(() => load({ ...bucket, STOWAGE_S3_ACCESS_KEY_ID: 'id' })).toThrow('STOWAGE_S3_SECRET_ACCESS_KEY is missing');
});

test('refuses a storage that there is not, and settings for a storage that was not chosen', () => {
  expect(() => load({ STOWAGE_STORAGE: 'gcs' })).toThrow(/^STOWAGE_STORAGE must be filesystem or s3$/);
  expect(() => load({ STOWAGE_S3_BUCKET: 'b' })).toThrow('STOWAGE_S3_BUCKET is set, but STOWAGE_STORAGE is not s3');
});

test('takes mail settings only as a whole', () => {
  const mail = load({ STOWAGE_SMTP_URL: 'smtps://u:p@mail.x.org', STOWAGE_MAIL_FROM: 'r@x.org' }).mail;
  expect(mail?.smtpUrl.reveal()).toBe('smtps://u:p@mail.x.org');
  expect(() => load({ STOWAGE_SMTP_URL: 'smtp://h' })).toThrow('STOWAGE_MAIL_FROM is missing');
  expect(() => load({ STOWAGE_MAIL_FROM: 'r@x.org' })).toThrow('STOWAGE_SMTP_URL is missing');
});

test.for([
  ['STOWAGE_ACCESS_TOKEN_TTL', '59', 'a whole number of seconds from 60 to 3600'],
  ['STOWAGE_SIGNUP', 'everybody', 'open, invite or closed'],
  ['STOWAGE_DATABASE_URL', 'mysql://u:hunter2@h/d', 'a URL that starts with postgresql:// or postgres://'],
  ['STOWAGE_LOG_FORMAT', 'xml', 'auto, json or pretty'],
])('refuses %s=%s', ([name, value, allowed]) => {
  expect(() => load({ [name!]: value! })).toThrow(new RegExp(`^${name} must be ${allowed}$`));
});

test('lists every variable once, with its default and its meaning', () => {
  const variables = listVariables();
  const names = variables.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toHaveLength(48);
  expect(variables.find(({ name }) => name === 'STOWAGE_PUBLIC_URL')?.default).toBe('http://localhost:<port>');
  for (const { meaning, default: shown } of variables) {
    expect(meaning).not.toBe('');
    expect(shown).not.toBe('');
  }
  expect(variables.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual([
    'STOWAGE_DATABASE_URL',
    'STOWAGE_S3_ACCESS_KEY_ID',
    'STOWAGE_S3_SECRET_ACCESS_KEY',
    'STOWAGE_ADMIN_PASSWORD',
    'STOWAGE_SIGNIN_GITHUB_CLIENT_SECRET',
    'STOWAGE_SIGNIN_GOOGLE_CLIENT_SECRET',
    'STOWAGE_SIGNIN_GITLAB_CLIENT_SECRET',
    'STOWAGE_SIGNIN_OIDC_CLIENT_SECRET',
    'STOWAGE_SMTP_URL',
  ]);
});
