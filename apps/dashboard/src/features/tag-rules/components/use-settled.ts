import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

const PAUSE_MS = 400;

/** The last value that could be understood, when nobody has typed for a moment. */
export function useSettled<Value>(value: Value, isValid: boolean): Value {
  const [settled] = useDebouncedValue(value, PAUSE_MS);
  const [last, setLast] = useState(value);
  if (isValid && settled === value && last !== value) setLast(value);
  return last;
}
