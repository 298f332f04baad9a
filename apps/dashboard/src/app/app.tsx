import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterContextProvider, RouterProvider } from '@tanstack/react-router';
import { queryClient, router } from './router';
import { cssVariables, theme } from './theme/theme';
import { Toasts } from './toasts';

/** The same key as in public/color-scheme.js, which sets the scheme before the first paint. */
const schemeManager = localStorageColorSchemeManager({ key: 'stowage-color-scheme' });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      {/* Beside the pages, so that no page takes a message along when it goes; links in it need the router all the same. */}
      <RouterContextProvider router={router}>
        <Toasts />
      </RouterContextProvider>
    </MantineProvider>
  );
}
