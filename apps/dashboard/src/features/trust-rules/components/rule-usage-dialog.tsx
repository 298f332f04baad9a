import { Modal } from '@mantine/core';
import type { TrustRule } from '@stowage/contracts';
import { RuleUsage } from './rule-usage';

interface RuleUsageDialogProps {
  readonly opened: boolean;
  readonly rule: TrustRule | undefined;
  readonly onClose: () => void;
}

export function RuleUsageDialog({ opened, rule, onClose }: RuleUsageDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={`Use “${rule?.name ?? ''}” in CI`}>
      {rule ? <RuleUsage rule={rule} /> : null}
    </Modal>
  );
}
