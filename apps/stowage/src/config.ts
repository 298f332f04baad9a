import {
  administratorSettings,
  type Config,
  dataSettings,
  databaseSettings,
  type Environment,
  gcSettings,
  manifestSettings,
  listenSettings,
  loadConfig,
  logSettings,
  publicUrlSettings,
  quotaSettings,
  signUpSettings,
  storageSettings,
  tokenSettings,
  uploadSettings,
} from '@stowage/config';

const sections = {
  listen: listenSettings,
  publicUrl: publicUrlSettings,
  data: dataSettings,
  database: databaseSettings,
  storage: storageSettings,
  administrator: administratorSettings,
  signUp: signUpSettings,
  tokens: tokenSettings,
  uploads: uploadSettings,
  gc: gcSettings,
  manifests: manifestSettings,
  quota: quotaSettings,
  log: logSettings,
};

export type StowageConfig = Config<typeof sections>;

/** The configuration of `npm start`. Throws `ConfigError`, which names each variable that is wrong. */
export function readConfig(environment: Environment): StowageConfig {
  return loadConfig(sections, environment);
}
