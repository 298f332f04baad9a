import type { ModuleMetadata } from '@nestjs/common';
import { Passkeys } from '@stowage/authenticators';
import { PasskeyStore, SecondFactorCheck, SecondFactorStore } from '@stowage/metadata';
import type { ApiOptions } from '../api-options.js';
import { PasskeyController } from './passkey.controller.js';
import { PasskeySignIn } from './passkey-sign-in.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactors } from './second-factors.js';
import { SignInOptionsController } from './sign-in-options.controller.js';

export const SECOND_FACTOR_CONTROLLERS = [SecondFactorController, PasskeyController, SignInOptionsController];

/** What the composition root needs of second factors. */
export function secondFactorParts({ database, publicUrl, cookieSecret }: ApiOptions): {
  readonly factors: SecondFactors;
  readonly passkeys: PasskeySignIn;
  readonly providers: NonNullable<ModuleMetadata['providers']>;
} {
  const keys = new Passkeys({ publicUrl, secret: cookieSecret });
  const store = new SecondFactorStore(database);
  const passkeyStore = new PasskeyStore(database);
  const passkeys = new PasskeySignIn({ passkeys: keys, store: passkeyStore });
  const factors = new SecondFactors({ store, check: new SecondFactorCheck(database), passkeys });
  return {
    factors,
    passkeys,
    providers: [
      { provide: Passkeys, useValue: keys },
      { provide: PasskeyStore, useValue: passkeyStore },
      { provide: PasskeySignIn, useValue: passkeys },
      { provide: SecondFactorStore, useValue: store },
      { provide: SecondFactors, useValue: factors },
    ],
  };
}
