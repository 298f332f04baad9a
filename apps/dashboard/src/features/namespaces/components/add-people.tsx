import { SegmentedControl, Stack } from '@mantine/core';
import type { CreatedInvitation } from '@stowage/contracts';
import { useState } from 'react';
import { AddMemberForm } from './add-member-form';
import { InviteForm } from './invite-form';

type Way = 'invite' | 'add';

const WAYS = [
  { value: 'invite', label: 'Invite' },
  { value: 'add', label: 'Add by username' },
];

interface AddPeopleProps {
  readonly namespace: string;
  readonly onInvited: (invitation: CreatedInvitation) => void;
}

/** Somebody who may not have an account yet gets an invitation; somebody who has one can be added at once. */
export function AddPeople({ namespace, onInvited }: AddPeopleProps) {
  const [way, setWay] = useState<Way>('invite');
  return (
    <Stack gap="md" align="stretch">
      <SegmentedControl
        data={WAYS}
        value={way}
        onChange={(value) => setWay(value as Way)}
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label="How to add people"
      />
      {way === 'invite' ? (
        <InviteForm namespace={namespace} onCreated={onInvited} />
      ) : (
        <AddMemberForm namespace={namespace} />
      )}
    </Stack>
  );
}
