import type { LegalLinks } from '@stowage/contracts';
import type { z } from 'zod';
import { validateWith } from '../../lib/form';

interface WithTerms {
  readonly acceptedTerms: string;
}

/** As the API takes it: without a field that says nothing. */
export function withAgreement<T extends WithTerms>({ acceptedTerms, ...rest }: T) {
  return acceptedTerms === '' ? rest : { ...rest, acceptedTerms };
}

/** Checks a form with the schema of the API, and that the terms of now are accepted, where there are some. */
export function validateWithTerms(schema: z.ZodType, legal: LegalLinks | undefined) {
  const validate = validateWith(schema);
  return (values: WithTerms): Record<string, string> => ({
    ...validate(withAgreement(values)),
    ...(legal?.terms && legal.terms.version !== values.acceptedTerms
      ? { acceptedTerms: 'An account needs your agreement' }
      : {}),
  });
}
