import { Alert, type AlertProps } from '@mantine/core';

interface FormProblemProps extends Pick<AlertProps, 'm' | 'mb'> {
  /** For a person; nothing while there is no problem. */
  readonly text: string | null | undefined;
}

/** Why something that was sent did not work; read aloud as it appears. */
export function FormProblem({ text, ...place }: FormProblemProps) {
  if (!text) return null;
  return (
    <Alert color="red" role="alert" {...place}>
      {text}
    </Alert>
  );
}
