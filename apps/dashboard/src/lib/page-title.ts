import { useDocumentTitle } from '@mantine/hooks';

/** The title of the browser's tab and of the history entry. */
export function usePageTitle(...parts: (string | undefined)[]): void {
  useDocumentTitle([...parts.filter(Boolean), 'Stowage'].join(' · '));
}
