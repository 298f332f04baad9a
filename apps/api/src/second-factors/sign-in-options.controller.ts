import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { PasskeyOptions } from '@stowage/contracts';
import { Public } from '@stowage/nest-kit';
import { PasskeySignIn } from './passkey-sign-in.js';

@Public()
@Controller('api/v1/session/passkey-options')
export class SignInOptionsController {
  constructor(@Inject(PasskeySignIn) private readonly passkeys: PasskeySignIn) {}

  /** The same for everybody: it says nothing about who has passkeys. */
  @Post()
  @HttpCode(200)
  async create(): Promise<PasskeyOptions> {
    return { options: await this.passkeys.options() };
  }
}
