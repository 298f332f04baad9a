import type { Provider } from '@nestjs/common';
import { RegistrySettings, SignUpDomainStore, SignUpInvitationStore } from '@stowage/metadata';
import type { ApiOptions } from '../api-options.js';
import { AddressRules } from './address-rules.js';
import { LegalController } from './legal.controller.js';
import { SettingsController } from './settings.controller.js';
import { SignUpDomainController } from './sign-up-domain.controller.js';
import { SignUpInvitationController } from './sign-up-invitation.controller.js';
import { SignUpRules } from './sign-up-rules.js';

export const SIGN_UP_CONTROLLERS = [
  SettingsController,
  LegalController,
  SignUpDomainController,
  SignUpInvitationController,
];

/** What decides who may make an account, and what its controllers need. */
export function createSignUp({ database, signUp }: ApiOptions): {
  signUpRules: SignUpRules;
  addressRules: AddressRules;
  providers: Provider[];
} {
  const domains = new SignUpDomainStore(database);
  const addressRules = new AddressRules(domains);
  const settings = new RegistrySettings(database);
  const signUpRules = new SignUpRules(settings, signUp);
  const providers = [
    { provide: SignUpDomainStore, useValue: domains },
    { provide: RegistrySettings, useValue: settings },
    { provide: SignUpRules, useValue: signUpRules },
    { provide: SignUpInvitationStore, useValue: new SignUpInvitationStore(database) },
  ];
  return { signUpRules, addressRules, providers };
}
