import { Radio, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { guessFor, type Purpose, PURPOSES, type TokenFormValues } from './token-values';

export function PurposeStep({ form }: { readonly form: UseFormReturnType<TokenFormValues> }) {
  return (
    <Stack gap="lg">
      <Radio.Group
        label="It is for"
        value={form.values.purpose}
        onChange={(purpose) => form.setValues(guessFor(purpose as Purpose))}
      >
        <Stack gap="sm" mt="xs">
          {PURPOSES.map(({ value, label, description }) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label="Name"
        description="Where it will be used, such as “laptop” or “ci-deploy”: one for each place, so that one can be taken back alone"
        autoComplete="off"
        maxLength={100}
        {...form.getInputProps('name')}
      />
    </Stack>
  );
}
