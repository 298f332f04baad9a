import { Modal } from '@mantine/core';
import { useState } from 'react';
import { DisableTotpForm } from './disable-totp-form';
import { PasskeyForm } from './passkey-form';
import { RecoveryCodes } from './recovery-codes';
import { ReplaceCodesForm } from './replace-codes-form';
import { SetUpTotpForm } from './set-up-totp-form';

export type FactorStep = 'set up totp' | 'disable totp' | 'add passkey' | 'replace codes';

export interface FactorModalProps {
  readonly opened: boolean;
  readonly step: FactorStep | undefined;
  readonly onClose: () => void;
}

export interface FactorFormProps {
  /** Recovery codes that came with the change; null when there are no new ones. */
  readonly onDone: (codes: readonly string[] | null) => void;
  readonly onCancel: () => void;
}

const STEPS = {
  'set up totp': { title: 'Set up an authenticator app', Form: SetUpTotpForm },
  'disable totp': { title: 'Switch off the authenticator app', Form: DisableTotpForm },
  'add passkey': { title: 'Add a passkey', Form: PasskeyForm },
  'replace codes': { title: 'Make new recovery codes', Form: ReplaceCodesForm },
} as const;

export function FactorModal({ opened, step, onClose }: FactorModalProps) {
  const [codes, setCodes] = useState<readonly string[]>();
  const close = () => {
    setCodes(undefined);
    onClose();
  };
  const done: FactorFormProps['onDone'] = (made) => (made ? setCodes(made) : close());
  const current = step && STEPS[step];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={codes ? 'Keep your recovery codes' : current?.title}
      // Codes that were closed by a slip of the hand are gone.
      closeOnClickOutside={!codes}
      closeOnEscape={!codes}
      withCloseButton={!codes}
    >
      {codes ? <RecoveryCodes codes={codes} onDone={close} /> : null}
      {!codes && current ? <current.Form onDone={done} onCancel={close} /> : null}
    </Modal>
  );
}
