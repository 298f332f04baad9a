import { Checkbox, Group, NativeSelect, Radio, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import classes from './tokens.module.css';
import type { TokenFormValues } from './token-values';

interface TokenScopeFieldsProps {
  readonly form: UseFormReturnType<TokenFormValues>;
  readonly namespaces: readonly string[];
}

export function TokenScopeFields({ form, namespaces }: TokenScopeFieldsProps) {
  return (
    <Radio.Group label="Access" {...form.getInputProps('scope')}>
      <Stack gap="sm" mt="xs">
        <Radio
          value="all"
          label="Everything that I may do"
          description="In every namespace, also those you join later"
        />
        <Radio value="namespace" label="One namespace only" description="Safer for CI and for servers" />
        {form.values.scope === 'namespace' ? (
          <div className={classes.scope}>
            <NativeSelect label="Namespace" data={[...namespaces]} {...form.getInputProps('namespace')} />
            <Checkbox.Group label="Actions" {...form.getInputProps('actions')}>
              <Group gap="lg" mt={6}>
                <Checkbox value="pull" label="Pull" />
                <Checkbox value="push" label="Push" />
                <Checkbox value="delete" label="Delete" />
              </Group>
            </Checkbox.Group>
          </div>
        ) : null}
      </Stack>
    </Radio.Group>
  );
}
