import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { signInProvidersQuery, useStartProviderSignIn } from '../api/sign-in-providers';
import { ProviderIcon } from './provider-icon';

interface ProviderButtonsProps {
  /** Where to go after it. */
  readonly next: string | undefined;
  /** For who makes an account: the code of the invitation, where there is one. */
  readonly invitation?: string | undefined;
  readonly verb?: 'Sign in' | 'Sign up';
}

/** One button for each service that the operator has set up; nothing when there is none. */
export function ProviderButtons({ next, invitation, verb = 'Sign in' }: ProviderButtonsProps) {
  const { data } = useQuery(signInProvidersQuery);
  const start = useStartProviderSignIn();
  if (!data || data.items.length === 0) return null;
  return (
    <Stack gap="sm" mt="md">
      <FormProblem text={start.error && messageOf(start.error)} />
      {data.items.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          size="md"
          leftSection={<ProviderIcon id={id} />}
          loading={start.isPending && start.variables.provider === id}
          disabled={start.isPending || start.isSuccess}
          onClick={() => start.mutate({ provider: id, next, invitation })}
        >
          {verb} with {name}
        </Button>
      ))}
    </Stack>
  );
}
