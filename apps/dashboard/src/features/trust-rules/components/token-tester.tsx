import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../../lib/api/api-error';
import { useTestTrustRules } from '../api/trust-rules';
import { TestResult } from './test-result';

/** Shows somebody who makes rules what they say to a token, and why. */
export function TokenTester({ namespace }: { readonly namespace: string }) {
  const [token, setToken] = useState('');
  const test = useTestTrustRules(namespace);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== '') test.mutate(token.trim());
  };
  return (
    <form onSubmit={submit} aria-label="Test a token">
      <Stack gap="md">
        <Textarea
          label="ID token of a job"
          description="It is looked at once, and neither stored nor logged. Print it in a job that you trust, and let it expire."
          placeholder="eyJhbGciOiJSUzI1NiIs…"
          rows={4}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
          value={token}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            test.reset();
          }}
        />
        <Group gap="sm">
          <Button type="submit" loading={test.isPending} disabled={token.trim() === ''}>
            Test token
          </Button>
          {test.data ? (
            <Button
              variant="default"
              onClick={() => {
                setToken('');
                test.reset();
              }}
            >
              Clear
            </Button>
          ) : null}
        </Group>
        {test.isError ? (
          <Alert color="red" role="alert">
            <Text fz="sm">{messageOf(test.error)}</Text>
          </Alert>
        ) : null}
        {test.data ? <TestResult result={test.data} /> : null}
      </Stack>
    </form>
  );
}
