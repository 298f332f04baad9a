import type { Provider, Type } from '@nestjs/common';
import type { PasswordHasher } from '@stowage/auth';
import { AccountAddresses, ExternalIdentityStore, UserStore } from '@stowage/metadata';
import { SignInProviders } from '@stowage/oidc';
import type { ApiOptions } from './api-options.js';
import { IdentityController } from './sign-in-providers/identity.controller.js';
import { ProviderAccounts } from './sign-in-providers/provider-accounts.js';
import { ProviderAnswers } from './sign-in-providers/provider-answers.js';
import { SignInProviderController } from './sign-in-providers/sign-in-provider.controller.js';
import type { AddressRules } from './sign-up/address-rules.js';
import type { SignUpRules } from './sign-up/sign-up-rules.js';

/** Sign-in by other services. */
export const PROVIDER_CONTROLLERS: Type[] = [SignInProviderController, IdentityController];

export function signInProviderProviders(
  options: ApiOptions,
  deps: { readonly passwords: PasswordHasher; readonly signUpRules: SignUpRules; readonly addressRules: AddressRules },
): Provider[] {
  const { database, publicUrl, signInProviders } = options;
  const identities = new ExternalIdentityStore(database);
  const stores = { identities, users: new UserStore(database), addresses: new AccountAddresses(database) };
  return [
    { provide: SignInProviders, useValue: new SignInProviders(signInProviders) },
    { provide: ProviderAnswers, useValue: new ProviderAnswers(publicUrl) },
    { provide: ProviderAccounts, useValue: new ProviderAccounts({ ...stores, ...deps, options }) },
    { provide: ExternalIdentityStore, useValue: identities },
  ];
}
