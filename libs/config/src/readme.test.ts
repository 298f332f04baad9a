import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listVariables } from './variable-list.js';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

it.each(listVariables().map(({ name }) => name))('the README mentions %s', (name) => {
  expect(README).toContain(`\`${name}`);
});
