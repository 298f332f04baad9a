import type { UseFormReturnType } from '@mantine/form';
import type { z } from 'zod';
import { isApiError, messageOf } from './api/api-error';

/** Checks a form with the same schema as the API; the first message of each field counts. */
export function validateWith(schema: z.ZodType) {
  return (values: unknown): Record<string, string> => {
    const result = schema.safeParse(values);
    const errors: Record<string, string> = {};
    for (const issue of result.error?.issues ?? []) errors[issue.path.join('.')] ??= sentence(issue.message);
    return errors;
  };
}

/** Puts the API's field errors beside their fields and returns what is left to say above the form. */
export function showProblem<T extends object>(form: UseFormReturnType<T>, error: unknown): string | undefined {
  const fields = isApiError(error) ? (error.problem?.errors ?? []) : [];
  const known = fields.filter(({ field }) => field in form.values);
  form.setErrors(Object.fromEntries(known.map(({ field, message }) => [field, sentence(message)])));
  return known.length > 0 && known.length === fields.length ? undefined : messageOf(error);
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
