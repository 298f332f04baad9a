import * as contracts from '@stowage/contracts';
import { z } from 'zod';

/** `signUpSchema` of the contracts is the component `SignUp`: named once, where it is written. */
export function namedSchemas(): Record<string, z.ZodType> {
  const named: Record<string, z.ZodType> = {};
  for (const [name, value] of Object.entries(contracts)) {
    if (name.endsWith('Schema') && value instanceof z.ZodType) named[componentName(name)] = value;
  }
  return named;
}

function componentName(exported: string): string {
  const name = exported.slice(0, -'Schema'.length);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
