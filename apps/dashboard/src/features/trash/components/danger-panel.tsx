import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Panel } from '../../../components/ui/panel';
import type { Deletion } from '../api/deletion';
import { DeleteDialog } from './delete-dialog';
import classes from './trash.module.css';

interface DangerPanelProps {
  readonly title: string;
  readonly about: string;
  readonly deletion: Deletion;
  readonly onDeleted: () => void;
}

/** The last panel of a settings page: the way to delete what the page is about. */
export function DangerPanel({ title, about, deletion, onDeleted }: DangerPanelProps) {
  const [deleting, setDeleting] = useState(false);
  return (
    <Panel title={title}>
      <div className={classes.danger}>
        <p>{about}</p>
        <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
          {title}…
        </Button>
      </div>
      <DeleteDialog opened={deleting} deletion={deletion} onClose={() => setDeleting(false)} onDeleted={onDeleted} />
    </Panel>
  );
}
