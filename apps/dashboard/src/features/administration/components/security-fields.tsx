import { Alert, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { TextLink } from '../../../components/ui/text-link';
import classes from './administration.module.css';
import type { NoticeValues } from './notice-values';

const FILE = '/.well-known/security.txt';

/** What `security.txt` says (RFC 9116). */
export function SecurityFields({ form }: { readonly form: UseFormReturnType<NoticeValues> }) {
  const isTold = form.values.securityContacts.trim() !== '';
  const isOver = isTold && form.values.securityExpires !== '' && form.values.securityExpires < today();
  return (
    <fieldset className={classes.part}>
      <legend>Security contact</legend>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          Where somebody who found a hole reports it: the file{' '}
          <TextLink aside href={FILE}>
            {FILE}
          </TextLink>{' '}
          says so. It is not there while nobody is named.
        </Text>
        {isOver ? (
          <Alert color="yellow" title="The file says that it is out of date">
            Whoever reads it will not rely on it. Look whether it is still right and name a later day.
          </Alert>
        ) : null}
        <Textarea
          label="Contacts"
          description="E-mail addresses or pages, one a line, the best one first."
          autosize
          minRows={2}
          maxRows={5}
          {...form.getInputProps('securityContacts')}
        />
        {isTold ? (
          <>
            <TextInput
              type="date"
              label="Valid through"
              description="Less than a year from now, so that somebody looks at it again."
              {...form.getInputProps('securityExpires')}
            />
            <TextInput
              label="Policy"
              description="The page with your rules for reports, if there is one."
              placeholder="https://"
              {...form.getInputProps('securityPolicy')}
            />
          </>
        ) : null}
      </Stack>
    </fieldset>
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
