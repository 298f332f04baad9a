import { Button, Group, Input, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { GrantsEditor } from '../../../components/grants/grants-editor';
import { FormProblem } from '../../../components/ui/form-problem';
import { showProblem } from '../../../lib/form';
import { EXPIRIES, type RobotFormValues, validateRobot } from './robot-values';
import classes from './robots.module.css';

interface RobotFormProps {
  readonly namespace: string;
  readonly initial: RobotFormValues;
  readonly repositories: readonly string[];
  /** An existing robot: its name stays, and its end may. */
  readonly isExisting?: boolean;
  /** Said about the end. */
  readonly expiryHint?: ReactNode;
  readonly action: string;
  readonly busy: boolean;
  /** Calls `onError` with what went wrong. */
  readonly onSubmit: (values: RobotFormValues, onError: (error: unknown) => void) => void;
  readonly onCancel: () => void;
}

export function RobotForm(props: RobotFormProps) {
  const { namespace, initial, repositories, isExisting = false, expiryHint, action, busy, onSubmit, onCancel } = props;
  const [problem, setProblem] = useState<string>();
  const form = useForm<RobotFormValues>({
    initialValues: initial,
    validate: (values) => validateRobot(namespace, values),
  });
  const submit = form.onSubmit((values) => onSubmit(values, (error) => setProblem(showProblem(form, error))));
  const expiries = isExisting ? [{ value: 'keep', label: 'As it is' }, ...EXPIRIES] : [...EXPIRIES];
  return (
    <form onSubmit={submit} noValidate aria-label={isExisting ? 'Robot' : 'New robot'}>
      <Stack gap="lg">
        <FormProblem text={problem} />
        {isExisting ? null : (
          <TextInput
            label="Name"
            description={`Signs in as ${namespace}.${form.values.name.trim() || 'name'}`}
            placeholder="ci-deploy"
            data-autofocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('name')}
          />
        )}
        <TextInput
          label="Description"
          description="What it is for; optional"
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('description')}
        />
        <GrantsEditor
          namespace={namespace}
          label="May"
          description="A name, a folder such as team/*, or * for every repository, also those to come."
          value={form.values.grants}
          onChange={(grants) => form.setFieldValue('grants', grants)}
          error={typeof form.errors.grants === 'string' ? form.errors.grants : undefined}
          repositories={repositories}
        />
        <Input.Wrapper label="Ends after" description={expiryHint} labelElement="div">
          <SegmentedControl
            className={classes.expiries ?? ''}
            aria-label="Ends after"
            fullWidth
            mt={6}
            data={expiries}
            {...form.getInputProps('expiry')}
          />
        </Input.Wrapper>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
