import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { corten, dark, gray, petrol } from './colors';

const SANS =
  'Inter, "Inter Variable", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Open Sans", Arial, sans-serif';
const MONO =
  '"JetBrains Mono", ui-monospace, "SF Mono", SFMono-Regular, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** White in the light scheme, ink in the dark one, where the primary colour is light. */
const PRIMARY_INK = 'var(--mantine-primary-color-contrast)';

/** Mantine decides a filled button's text once for both schemes; this decides it for each. */
function inkOnPrimary(_: unknown, { color, variant = 'filled' }: { color?: string; variant?: string }) {
  return { root: color === undefined && variant === 'filled' ? { '--button-color': PRIMARY_INK } : {} };
}

export const theme = createTheme({
  colors: { petrol, corten, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  // Petrol 4 in the dark scheme is light enough to need ink on it instead of white.
  autoContrast: true,
  luminanceThreshold: 0.3,
  black: '#10202a',
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.45' },
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '18px' },
  defaultRadius: 'md',
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Plain objects and not `Button.extend(…)`, which would load every named component with the first page.
  components: {
    Anchor: { defaultProps: { underline: 'hover' } },
    Button: { defaultProps: { size: 'sm' }, vars: inkOnPrimary },
    Checkbox: { defaultProps: { iconColor: PRIMARY_INK } },
    Radio: { defaultProps: { iconColor: PRIMARY_INK } },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.5 },
        closeButtonProps: { 'aria-label': 'Close' },
        transitionProps: { duration: 120 },
      },
    },
  },
});

/** The few surfaces and lines that our own styles use, once for each scheme. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f8f8',
    '--mantine-color-default-border': '#d3dcde',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#5f7279',
    '--mantine-color-error': '#b42318',
    '--mantine-color-yellow-light': '#fdf4dc',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-red-light': '#fdeeec',
    '--mantine-color-red-light-color': '#9f1f15',
    '--st-surface': '#ffffff',
    '--st-sunken': '#eff4f4',
    '--st-line': '#e1e8e9',
    '--st-code': '#f1f5f5',
    '--st-accent': corten[6],
    '--st-link': petrol[7],
    '--st-danger': '#b42318',
    '--st-warn': '#8a5300',
    '--st-ok': '#17693f',
    '--st-shadow': '0 1px 2px rgba(16, 32, 42, 0.05)',
    '--st-shadow-raised': '0 8px 24px rgba(16, 32, 42, 0.14)',
    '--st-hover': '#eff4f4',
    '--st-bar': petrol[6],
    '--st-bar-track': '#e1eaeb',
  },
  dark: {
    '--mantine-color-default-border': dark[4],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-error': '#ff9a8a',
    '--mantine-color-gray-light': '#24343c',
    '--mantine-color-gray-light-color': dark[1],
    '--mantine-color-yellow-light': '#2a281d',
    '--mantine-color-yellow-light-color': '#f2c063',
    '--mantine-color-red-light': '#341f1f',
    '--mantine-color-red-light-color': '#ff9a8a',
    '--st-surface': '#142027',
    '--st-sunken': '#101a20',
    '--st-line': '#24343c',
    '--st-code': '#0b1418',
    '--st-accent': corten[4],
    '--st-link': petrol[3],
    '--st-danger': '#ff9a8a',
    '--st-warn': '#f2c063',
    '--st-ok': '#6fd3a0',
    '--st-shadow': 'none',
    '--st-shadow-raised': '0 8px 24px rgba(0, 0, 0, 0.5)',
    '--st-hover': '#20313a',
    '--st-bar': petrol[4],
    '--st-bar-track': '#24343c',
  },
});
