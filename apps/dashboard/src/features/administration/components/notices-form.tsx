import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { legalSchema, type Settings } from '@stowage/contracts';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { isApiError, messageOf } from '../../../lib/api/api-error';
import type { Tagged } from '../../../lib/api/client';
import { validateWith } from '../../../lib/form';
import { notify } from '../../../lib/notify';
import { usePutSettings } from '../api/sign-up';
import { NoticeField } from './notice-field';
import { type NoticeDraft, noticeFieldOf, toLegal, toNoticeValues } from './notice-values';
import { SecurityFields } from './security-fields';

/** Errors of the API, or of its schema, beside the fields of the form. */
function toFormErrors(errors: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(errors).map(([path, message]) => [noticeFieldOf(path) ?? path, message] as const);
  return Object.fromEntries(entries.toReversed());
}

const validateLegal = validateWith(legalSchema);

/** What everybody is told: it counts at once and in every process. */
export function NoticesForm({ settings }: { readonly settings: Tagged<Settings> }) {
  const put = usePutSettings();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: toNoticeValues(settings.legal),
    validate: (values) => toFormErrors(validateLegal(toLegal(values))),
  });
  const fail = (error: unknown) => {
    const fields = isApiError(error) ? (error.problem?.errors ?? []) : [];
    form.setErrors(
      toFormErrors(Object.fromEntries(fields.map((each) => [each.field.replace(/^legal\./, ''), each.message]))),
    );
    setProblem(messageOf(error));
  };
  const noticeProps = (field: 'terms' | 'privacy') => ({
    value: form.values[field],
    onChange: (draft: NoticeDraft) => form.setFieldValue(field, draft),
    error: form.errors[field],
  });
  const submit = form.onSubmit((values) =>
    put.mutate(
      { legal: toLegal(values), ifMatch: settings.entityTag },
      {
        onSuccess: ({ legal }) => {
          setProblem(undefined);
          const saved = toNoticeValues(legal);
          form.setValues(saved);
          form.resetDirty(saved);
          notify({ message: 'Saved. Everybody is told so from now on.' });
        },
        onError: fail,
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Notices">
      <Stack gap="xl" maw={640}>
        <FormProblem text={problem} />
        <NoticeField label="Terms of service" {...noticeProps('terms')}>
          <TextInput
            label="Version"
            description="Whoever makes an account accepts it, and that is recorded. Changed terms need another one."
            placeholder="2026-11-21"
            {...form.getInputProps('termsVersion')}
          />
        </NoticeField>
        <NoticeField label="Privacy notice" {...noticeProps('privacy')} />
        <TextInput
          label="Abuse contact"
          description="An e-mail address or a page. Public repositories link to it."
          {...form.getInputProps('abuseContact')}
        />
        <TextInput
          label="Status page"
          description="Where people look when something does not work."
          placeholder="https://"
          {...form.getInputProps('statusPage')}
        />
        <SecurityFields form={form} />
        <Group>
          <Button type="submit" loading={put.isPending} disabled={!form.isDirty()}>
            Save notices
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
