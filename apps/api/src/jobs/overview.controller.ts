import { Controller, Get, Inject } from '@nestjs/common';
import type { Overview } from '@stowage/contracts';
import { ForAdministrators } from '../administration/administrator.guard.js';
import { RegistryOverview } from './registry-overview.js';

@ForAdministrators()
@Controller('api/v1/admin/overview')
export class OverviewController {
  constructor(@Inject(RegistryOverview) private readonly overview: RegistryOverview) {}

  @Get()
  async get(): Promise<Overview> {
    return this.overview.get();
  }
}
