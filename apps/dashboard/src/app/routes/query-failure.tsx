import { ErrorState } from '../../components/ui/error-state';
import { isApiError } from '../../lib/api/api-error';
import { NotFoundPage } from './not-found-page';

interface QueryFailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** For a page whose subject did not come: a missing one is a page of its own, anything else can be tried again. */
export function QueryFailure({ error, onRetry }: QueryFailureProps) {
  return isApiError(error, 404) ? <NotFoundPage /> : <ErrorState heading="h1" error={error} onRetry={onRetry} />;
}
