import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'stowage:public';

/** Opts a route out of the app's guard, which denies by default. */
export function Public(): CustomDecorator {
  return SetMetadata(IS_PUBLIC, true);
}
