import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { isApiError, messageOf } from '../../lib/api/api-error';
import classes from './state.module.css';

interface ErrorStateProps {
  readonly error: unknown;
  readonly title?: string;
  /** Where it is all that the page says. */
  readonly heading?: 'h1' | 'h2';
  readonly onRetry?: () => void;
}

/** Shown in the place whose data did not come. */
export function ErrorState({ error, title = 'This did not load', heading: Heading = 'h2', onRetry }: ErrorStateProps) {
  const forbidden = isApiError(error, 403);
  const requestId = isApiError(error) ? error.problem?.requestId : undefined;
  return (
    <div className={classes.state} role="alert">
      <Heading className={classes.title}>{forbidden ? 'You can’t see this' : title}</Heading>
      <p className={classes.text}>{messageOf(error)}</p>
      {onRetry && !forbidden ? (
        <div className={classes.action}>
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      ) : null}
      {requestId ? <p className={classes.requestId}>Request {requestId}</p> : null}
    </div>
  );
}
