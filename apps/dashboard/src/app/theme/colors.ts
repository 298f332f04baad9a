import type { MantineColorsTuple } from '@mantine/core';

/** The sea under the hull: petrol. Shade 7 on white and shade 4 under ink both pass AA. */
export const petrol: MantineColorsTuple = [
  '#e8f6f6',
  '#d0ebec',
  '#a3d9db',
  '#71c6c9',
  '#4bb5ba',
  '#259da4',
  '#0e838b',
  '#0a6a72',
  '#08555c',
  '#053e44',
];

/** The orange of weathered steel: the container being moved. An accent, never a button. */
export const corten: MantineColorsTuple = [
  '#fff0ea',
  '#fddfd3',
  '#fabda5',
  '#f69874',
  '#f1774a',
  '#ea5a2c',
  '#cf4617',
  '#ad3810',
  '#8c2d0e',
  '#6b220b',
];

/** Neutrals that lean towards the petrol, so that greys and colour look like one family. */
export const gray: MantineColorsTuple = [
  '#f5f8f8',
  '#ecf1f1',
  '#e0e7e8',
  '#ced8da',
  '#b3c0c3',
  '#8b9ca1',
  '#566a71',
  '#42555c',
  '#2a3b42',
  '#14232a',
];

/** Mantine's dark scale runs from text (0) to the deepest ground (9). */
export const dark: MantineColorsTuple = [
  '#e4ecee',
  '#bccacd',
  '#98aaaf',
  '#7e9399',
  '#2b3c44',
  '#203038',
  '#17242b',
  '#0e181d',
  '#0a1216',
  '#070d10',
];
