import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const libs = fileURLToPath(new URL('../../', import.meta.url));

const dependenciesOf = (name: string) =>
  Object.keys(
    (JSON.parse(readFileSync(path.join(libs, name, 'package.json'), 'utf8')) as { dependencies?: object })
      .dependencies ?? {},
  );

const sourcesOf = (name: string) =>
  readdirSync(path.join(libs, name, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );

describe.each([
  ['oci', ['zod']],
  ['contracts', ['@stowage/oci', 'zod']],
])('the package %s', (name, allowed) => {
  it(`depends on ${allowed.join(' and ')} and nothing else`, () => {
    expect(dependenciesOf(name).toSorted()).toEqual(allowed);
  });

  it('imports nothing that a browser does not have', () => {
    expect(sourcesOf(name).length).toBeGreaterThan(5);
    for (const file of sourcesOf(name)) {
      const text = readFileSync(path.join(libs, name, 'src', file), 'utf8');
      const imported = [...text.matchAll(/\bfrom '([^'.][^']*)'|\bimport\('([^']+)'\)/g)].map(
        (match) => match[1] ?? match[2],
      );
      expect([file, imported.filter((module) => !allowed.includes(module ?? ''))]).toEqual([file, []]);
      expect([file, /\b(process|Buffer|require)\b\s*[.(]/.test(text)]).toEqual([file, false]);
    }
  });
});
