import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import type { DomainList } from '@stowage/contracts';
import { useRef, useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { notify } from '../../../lib/notify';
import { useAddDomains } from '../api/sign-up-domains';
import { readDomainLines } from './domain-lines';

export interface AddDomainsModalProps {
  readonly list: DomainList;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AddDomainsModal({ list, opened, onClose }: AddDomainsModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={`Add ${list} domains`}>
      <AddDomainsForm list={list} onClose={onClose} />
    </Modal>
  );
}

/** So many wrong lines are worth naming. */
const NAMED = 5;

function problemOf(text: string): string | undefined {
  const { domains, wrong } = readDomainLines(text);
  if (wrong.length > 0) {
    const more = wrong.length > NAMED ? ` and ${wrong.length - NAMED} more lines` : '';
    return `No domains: ${wrong.slice(0, NAMED).join(', ')}${more}`;
  }
  return domains.length === 0 ? 'Name at least one domain' : undefined;
}

function AddDomainsForm({ list, onClose }: Pick<AddDomainsModalProps, 'list' | 'onClose'>) {
  const add = useAddDomains();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    const wrong = problemOf(text);
    setProblem(wrong);
    if (wrong) return;
    add.mutate(
      { list, domains: [...readDomainLines(text).domains] },
      {
        onSuccess: (added) => {
          notify({ message: `${added.toLocaleString()} ${added === 1 ? 'domain is' : 'domains are'} ${list} now.` });
          onClose();
        },
      },
    );
  };
  const open = async (chosen: File | undefined) => {
    if (chosen) setText(await chosen.text());
  };
  return (
    <form
      noValidate
      aria-label={`Add ${list} domains`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <FormProblem text={add.isError ? messageOf(add.error) : undefined} />
        <Textarea
          label="Domains"
          description="One a line. Each speaks for those below it: example.com also for mail.example.com."
          placeholder="mailinator.com"
          autosize
          minRows={6}
          maxRows={14}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={problem}
        />
        <input
          ref={file}
          type="file"
          hidden
          accept=".txt,.csv,.conf,.list,text/plain"
          aria-label="A file of domains"
          onChange={(event) => void open(event.currentTarget.files?.[0])}
        />
        <Group justify="space-between" gap="xs">
          <Button variant="default" onClick={() => file.current?.click()}>
            Open a file
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add to the list
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
