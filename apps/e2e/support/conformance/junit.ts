import { readFile } from 'node:fs/promises';

const COUNTS = ['tests', 'failures', 'errors', 'skipped', 'disabled'] as const;

export type JunitCounts = Readonly<Record<(typeof COUNTS)[number], number>>;

/** The counts of all suites in a junit file. Throws with `output`, of who should have written it, when there is none. */
export async function readJunit(file: string, output: string): Promise<JunitCounts> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const root = text === undefined ? undefined : /<testsuites\b([^>]*)>/.exec(text)?.[1];
  if (root === undefined) throw new Error(`no junit results in ${file}\n${output.slice(-4000)}`);
  const count = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(root)?.[1] ?? 0);
  const counts = Object.fromEntries(COUNTS.map((name) => [name, count(name)])) as unknown as JunitCounts;
  const failures = [...(text ?? '').matchAll(/<testcase name="([^"]*)"[^>]*>\s*<(?:failure|error)/g)].map(
    ([, name]) => name,
  );
  if (failures.length > 0) console.log(`failed: ${failures.join(', ')}`);
  return counts;
}
