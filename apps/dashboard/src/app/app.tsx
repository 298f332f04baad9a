import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { queryClient, router } from './router';
import { cssVariables, theme } from './theme/theme';

/** Nothing has to be announced before the page is there. */
const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** The same key as in public/color-scheme.js, which sets the scheme before the first paint. */
const schemeManager = localStorageColorSchemeManager({ key: 'stowage-color-scheme' });

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} colorSchemeManager={schemeManager} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Suspense fallback={null}>
        <Notifications position="bottom-right" autoClose={5000} limit={3} />
      </Suspense>
    </MantineProvider>
  );
}
