import { administratorSettings } from './administrator-settings.js';
import { mailSettings } from './mail-settings.js';
import {
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
  signingKeySettings,
  signUpSettings,
  tokenSettings,
  trashSettings,
  uploadSettings,
} from './settings.js';
import { signInSettings } from './sign-in-settings.js';
import { storageSettings } from './storage-settings.js';

/** In the order of the documentation. */
const SECTIONS = [
  listenSettings,
  publicUrlSettings,
  proxySettings,
  dataSettings,
  databaseSettings,
  storageSettings,
  administratorSettings,
  signingKeySettings,
  signUpSettings,
  signInSettings,
  apiSettings,
  tokenSettings,
  issuerSettings,
  uploadSettings,
  gcSettings,
  manifestSettings,
  trashSettings,
  quotaSettings,
  mailSettings,
  logSettings,
];

export interface VariableDescription {
  readonly name: string;
  /** `unset` when there is none. */
  readonly default: string;
  readonly meaning: string;
  /** Completes the sentence "<name> must be …". */
  readonly allowed: string;
  /** The value may come from a file that `<name>_FILE` names. */
  readonly isSecret: boolean;
}

/** Every variable that any process of the product reads, each once. */
export function listVariables(): VariableDescription[] {
  const variables = new Map(SECTIONS.flatMap((section) => section.variables).map((each) => [each.name, each]));
  return [...variables.values()].map(({ name, meaning, allowed, isSecret, ...rest }) => ({
    name,
    default: rest.default ?? 'unset',
    meaning,
    allowed,
    isSecret,
  }));
}
