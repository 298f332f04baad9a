import { Checkbox } from '@mantine/core';
import type { LegalLinks } from '@stowage/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { serverInfoQuery } from '../../lib/api/server-info';
import { TextLink } from '../ui/text-link';

interface TermsFieldProps {
  readonly legal: LegalLinks;
  /** The version that is agreed to; empty while none is. */
  readonly value: string;
  readonly onChange: (version: string) => void;
  readonly error?: ReactNode;
}

/** The agreement of whoever makes an account; nothing where there are no terms. */
export function TermsField({ legal: { terms, privacy }, value, onChange, error }: TermsFieldProps) {
  const queryClient = useQueryClient();
  // A refusal may mean that there are newer terms than those this page knows.
  useEffect(() => {
    if (error) void queryClient.invalidateQueries({ queryKey: serverInfoQuery.queryKey });
  }, [error, queryClient]);
  if (terms === null) return null;
  return (
    <Checkbox
      checked={value === terms.version}
      onChange={(event) => onChange(event.currentTarget.checked ? terms.version : '')}
      error={error}
      label={
        <>
          I accept the{' '}
          <TextLink aside href={terms.href}>
            terms of service
          </TextLink>
          {privacy === null ? null : (
            <>
              {' '}
              and have read the{' '}
              <TextLink aside href={privacy}>
                privacy notice
              </TextLink>
            </>
          )}
        </>
      }
    />
  );
}
