import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';

const Dialog = lazy(async () => ({
  default: (await import('../features/namespaces/components/create-namespace-dialog')).CreateNamespaceDialog,
}));

interface CreateNamespaceProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The dialog's code is loaded when somebody first wants it; after that it stays, so that it can also close with grace. */
export function CreateNamespace({ opened, onClose }: CreateNamespaceProps) {
  const [wanted, setWanted] = useState(opened);
  const navigate = useNavigate();
  if (opened && !wanted) setWanted(true);
  if (!wanted) return null;
  const onCreated = (namespace: string) => {
    onClose();
    void navigate({ to: '/n/$namespace', params: { namespace } });
  };
  return (
    <Suspense fallback={null}>
      <Dialog opened={opened} onClose={onClose} onCreated={onCreated} />
    </Suspense>
  );
}
