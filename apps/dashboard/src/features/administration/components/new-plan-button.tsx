import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { PlanDialog } from './plan-list';

export function NewPlanButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setOpened(true)}>
        New plan
      </Button>
      <PlanDialog opened={opened} plan={undefined} onClose={() => setOpened(false)} />
    </>
  );
}
