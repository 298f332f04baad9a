import { Alert, Input, SegmentedControl, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { EXPIRIES, type TokenFormValues } from './token-values';

export function ExpiryStep({ form }: { readonly form: UseFormReturnType<TokenFormValues> }) {
  return (
    <Stack gap="lg">
      <Input.Wrapper
        label="It ends after"
        labelElement="div"
        description="In its last week docker and other clients are told, with every answer"
      >
        <SegmentedControl
          aria-label="It ends after"
          fullWidth
          mt={6}
          data={[...EXPIRIES]}
          {...form.getInputProps('expiry')}
        />
      </Input.Wrapper>
      {form.values.expiry === 'never' ? (
        <Alert color="yellow">
          A token that never expires works until somebody revokes it. If it leaks, nobody may notice.
        </Alert>
      ) : null}
    </Stack>
  );
}
