import { Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProblem } from '../../../components/ui/form-problem';
import { secondFactorsQuery } from '../../second-factors/api/second-factors';
import { ConfirmationForm } from './confirmation-form';
import { OtherProofs } from './other-proofs';

export interface ConfirmationModalProps {
  readonly opened: boolean;
  readonly onEnd: (confirmed: boolean) => void;
}

/** Asks for one proof that it is still the same person: whichever of those that the account has. */
export function ConfirmationModal({ opened, onEnd }: ConfirmationModalProps) {
  const [problem, setProblem] = useState<string>();
  // The password alone is asked for until it is known what else there is, and when nobody can say.
  const { data: factors } = useQuery({ ...secondFactorsQuery, enabled: opened });
  const end = (confirmed: boolean) => {
    setProblem(undefined);
    onEnd(confirmed);
  };
  return (
    <Modal opened={opened} onClose={() => end(false)} title="Is it still you?" zIndex={400}>
      <Stack gap="md">
        <div>You signed in a while ago, and this touches how an account is protected.</div>
        <FormProblem text={problem} />
        <ConfirmationForm
          key={String(opened)}
          hasCodes={factors !== undefined && (factors.totp !== null || factors.recoveryCodesLeft > 0)}
          onProblem={setProblem}
          onEnd={end}
        />
        <OtherProofs
          hasPasskey={(factors?.passkeys.length ?? 0) > 0}
          opened={opened}
          onProblem={setProblem}
          onConfirmed={() => end(true)}
        />
      </Stack>
    </Modal>
  );
}
