import type { Provider } from '@nestjs/common';
import { RegistrySettings, SignUpInvitationStore } from '@stowage/metadata';
import type { ApiOptions } from '../api-options.js';
import { LegalController } from './legal.controller.js';
import { SettingsController } from './settings.controller.js';
import { SignUpInvitationController } from './sign-up-invitation.controller.js';
import { SignUpRules } from './sign-up-rules.js';

export const SIGN_UP_CONTROLLERS = [SettingsController, LegalController, SignUpInvitationController];

/** What decides who may make an account, and what its controllers need. */
export function createSignUp({ database, signUp }: ApiOptions): { signUpRules: SignUpRules; providers: Provider[] } {
  const settings = new RegistrySettings(database);
  const signUpRules = new SignUpRules(settings, signUp);
  const providers = [
    { provide: RegistrySettings, useValue: settings },
    { provide: SignUpRules, useValue: signUpRules },
    { provide: SignUpInvitationStore, useValue: new SignUpInvitationStore(database) },
  ];
  return { signUpRules, providers };
}
