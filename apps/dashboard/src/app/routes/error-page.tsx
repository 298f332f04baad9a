import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { ErrorState } from '../../components/ui/error-state';

/** Also what is left when a page's code did not load, for example after an update of the server. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState error={error} title="This page broke" heading="h1" onRetry={retry} />;
}
