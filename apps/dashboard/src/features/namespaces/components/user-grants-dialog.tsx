import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { namespaceNameSchema, type UserGrants } from '@stowage/contracts';
import { useState } from 'react';
import {
  draftsOf,
  FIRST_DRAFT,
  type GrantDraft,
  grantsOf,
  validateGrants,
} from '../../../components/grants/grant-drafts';
import { GrantsEditor } from '../../../components/grants/grants-editor';
import { FormProblem } from '../../../components/ui/form-problem';
import { messageOf } from '../../../lib/api/api-error';
import { usePutUserGrants } from '../api/user-grants';

export interface UserGrantsDialogProps {
  readonly opened: boolean;
  readonly namespace: string;
  /** Undefined: somebody new. */
  readonly holder: UserGrants | undefined;
  readonly onClose: () => void;
}

export function UserGrantsDialog({ opened, holder, onClose, namespace }: UserGrantsDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={holder ? `Rights of ${holder.username}` : 'Give rights to somebody'}
    >
      <UserGrantsForm key={holder?.username ?? ''} namespace={namespace} holder={holder} onClose={onClose} />
    </Modal>
  );
}

function UserGrantsForm({ namespace, holder, onClose }: Omit<UserGrantsDialogProps, 'opened'>) {
  const put = usePutUserGrants(namespace);
  const [username, setUsername] = useState(holder?.username ?? '');
  const [drafts, setDrafts] = useState<GrantDraft[]>(holder ? draftsOf(namespace, holder.grants) : [FIRST_DRAFT]);
  const [problem, setProblem] = useState<{ username?: string; grants?: string | undefined }>({});
  const submit = () => {
    const grants = validateGrants(namespace, drafts, { needsOne: !holder });
    const isName = namespaceNameSchema.safeParse(username.trim()).success;
    setProblem({ ...(isName ? {} : { username: 'Write the username of an account' }), grants });
    if (!isName || grants !== undefined) return;
    put.mutate({ username: username.trim(), grants: grantsOf(namespace, drafts) }, { onSuccess: onClose });
  };
  return (
    <form
      noValidate
      aria-label="Rights"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <FormProblem text={put.error && messageOf(put.error)} />
        <Text c="dimmed">
          Rights add to a role, if there is one. Who has only these sees these repositories and no others.
        </Text>
        {holder ? null : (
          <TextInput
            label="Username"
            data-autofocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            error={problem.username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
        )}
        <GrantsEditor namespace={namespace} value={drafts} onChange={setDrafts} error={problem.grants} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={put.isPending}>
            Save rights
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
