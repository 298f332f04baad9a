import { type SigningKeyTimes, signingKeyTimes } from '@stowage/auth';
import {
  administratorSettings,
  apiSettings,
  type Config,
  dataSettings,
  databaseSettings,
  type Environment,
  gcSettings,
  trashSettings,
  issuerSettings,
  manifestSettings,
  listenSettings,
  loadConfig,
  logSettings,
  mailSettings,
  proxySettings,
  publicUrlSettings,
  quotaSettings,
  signingKeySettings,
  signInSettings,
  signUpSettings,
  storageSettings,
  tokenSettings,
  uploadSettings,
} from '@stowage/config';

const sections = {
  listen: listenSettings,
  publicUrl: publicUrlSettings,
  proxies: proxySettings,
  data: dataSettings,
  database: databaseSettings,
  storage: storageSettings,
  administrator: administratorSettings,
  signUp: signUpSettings,
  signIn: signInSettings,
  api: apiSettings,
  tokens: tokenSettings,
  issuers: issuerSettings,
  signingKeys: signingKeySettings,
  uploads: uploadSettings,
  gc: gcSettings,
  trash: trashSettings,
  manifests: manifestSettings,
  quota: quotaSettings,
  mail: mailSettings,
  log: logSettings,
};

export type StowageConfig = Config<typeof sections>;

export function signingKeyTimesOf({ signingKeys, uploads }: StowageConfig): SigningKeyTimes {
  return signingKeyTimes({ periodSeconds: signingKeys.periodSeconds, uploadTtlSeconds: uploads.ttlSeconds });
}

/** The configuration of `npm start`. Throws `ConfigError`, which names each variable that is wrong. */
export function readConfig(environment: Environment): StowageConfig {
  return loadConfig(sections, environment);
}
