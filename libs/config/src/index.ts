export { type Administrator, administratorSettings } from './administrator-settings.js';
export { ConfigError, type ConfigProblem } from './config-error.js';
export { type Config, type Environment, loadConfig } from './load-config.js';
export { type Mail, mailSettings } from './mail-settings.js';
export { Secret } from './secret.js';
export { defineSettings, type Settings } from './settings-section.js';
export {
  apiSettings,
  dataSettings,
  databaseSettings,
  gcSettings,
  issuerSettings,
  manifestSettings,
  listenSettings,
  logSettings,
  proxySettings,
  publicUrlSettings,
  quotaSettings,
  type SignUp,
  signingKeySettings,
  signUpSettings,
  tokenSettings,
  trashSettings,
  uploadSettings,
} from './settings.js';
export { type SignInProvider, signInSettings } from './sign-in-settings.js';
export { type S3Settings, type StorageSettings, storageSettings } from './storage-settings.js';
export {
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
  type ValueType,
} from './value-types.js';
export { type Variable, variable } from './variable.js';
export { listVariables, type VariableDescription } from './variable-list.js';
