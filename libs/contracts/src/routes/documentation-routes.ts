import { z } from 'zod';
import type { Routes } from './route.js';

export const documentationRoutes = {
  getOpenApiDocument: {
    method: 'GET',
    path: '/openapi.json',
    access: 'anyone',
    summary: 'This document: OpenAPI 3.1',
    answer: z.looseObject({ openapi: z.string() }),
  },
} as const satisfies Routes;
