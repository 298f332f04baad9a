import { Controller, Get, Inject } from '@nestjs/common';
import { Public } from '@stowage/nest-kit';
import { API_OPTIONS, type ApiOptions } from '../api-options.js';
import { openApiDocument } from './openapi-document.js';

@Public()
@Controller('api/v1/openapi.json')
export class DocumentationController {
  readonly #document: object;

  constructor(@Inject(API_OPTIONS) { publicUrl }: ApiOptions) {
    this.#document = openApiDocument(publicUrl);
  }

  @Get()
  document(): object {
    return this.#document;
  }
}
