import { Controller, Get, Inject } from '@nestjs/common';
import type { PublicLegal } from '@stowage/contracts';
import { RegistrySettings } from '@stowage/metadata';
import { Public } from '@stowage/nest-kit';

/** What everybody is told. */
@Public()
@Controller('api/v1/legal')
export class LegalController {
  constructor(@Inject(RegistrySettings) private readonly settings: RegistrySettings) {}

  @Get()
  async find(): Promise<PublicLegal> {
    const { security: _file, ...told } = (await this.settings.find()).legal;
    return told;
  }
}
