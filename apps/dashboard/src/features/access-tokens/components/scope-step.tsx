import { Checkbox, NativeSelect, Radio, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { GrantsEditor } from '../../../components/grants/grants-editor';
import classes from './tokens.module.css';
import type { TokenFormValues } from './token-values';

interface ScopeStepProps {
  readonly form: UseFormReturnType<TokenFormValues>;
  readonly namespaces: readonly string[];
}

export function ScopeStep({ form, namespaces }: ScopeStepProps) {
  const { scope, namespace, drafts } = form.values;
  const error = form.errors['drafts'];
  return (
    <Radio.Group label="Access" {...form.getInputProps('scope')}>
      <Stack gap="sm" mt="xs">
        <Radio
          value="all"
          label="Everything that I may do"
          description="In every namespace, also those you join later"
        />
        <Radio value="grants" label="Only some repositories" description="Safer for builds and for servers" />
        {scope === 'grants' ? (
          <div className={classes.scope}>
            <NativeSelect label="Namespace" data={[...namespaces]} {...form.getInputProps('namespace')} />
            <GrantsEditor
              namespace={namespace}
              label="Repositories"
              description="A name, a folder such as “team/*”, or “*” for all of them"
              value={drafts}
              error={typeof error === 'string' ? error : undefined}
              onChange={(next) => form.setFieldValue('drafts', next)}
            />
            <Checkbox
              label="The management API as well"
              description="To list tags, change settings and, with Delete, delete images of these repositories by scripts"
              {...form.getInputProps('api', { type: 'checkbox' })}
            />
          </div>
        ) : null}
      </Stack>
    </Radio.Group>
  );
}
