import type { Provider } from '@nestjs/common';
import { SignUpInvitationStore, SignUpPolicy } from '@stowage/metadata';
import type { ApiOptions } from '../api-options.js';
import { SettingsController } from './settings.controller.js';
import { SignUpInvitationController } from './sign-up-invitation.controller.js';
import { SignUpRules } from './sign-up-rules.js';

export const SIGN_UP_CONTROLLERS = [SettingsController, SignUpInvitationController];

/** What decides who may make an account, and what its controllers need. */
export function createSignUp({ database, signUp }: ApiOptions): { signUpRules: SignUpRules; providers: Provider[] } {
  const signUpRules = new SignUpRules(new SignUpPolicy(database), signUp);
  const providers = [
    { provide: SignUpRules, useValue: signUpRules },
    { provide: SignUpInvitationStore, useValue: new SignUpInvitationStore(database) },
  ];
  return { signUpRules, providers };
}
