import { TextInput, type TextInputProps } from '@mantine/core';

/** A name of an account: no spelling help, no capitals. */
export function NameInput(props: TextInputProps) {
  return <TextInput autoComplete="off" autoCapitalize="none" spellCheck={false} {...props} />;
}
