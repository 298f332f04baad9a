import { useNavigate } from '@tanstack/react-router';
import { lazyDialog } from '../components/ui/lazy-dialog';

const Dialog = lazyDialog(
  async () => (await import('../features/namespaces/components/create-namespace-dialog')).CreateNamespaceDialog,
);

interface CreateNamespaceProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Leads to the new namespace. */
export function CreateNamespace({ opened, onClose }: CreateNamespaceProps) {
  const navigate = useNavigate();
  const onCreated = (namespace: string) => {
    onClose();
    void navigate({ to: '/n/$namespace', params: { namespace } });
  };
  return <Dialog opened={opened} onClose={onClose} onCreated={onCreated} />;
}
