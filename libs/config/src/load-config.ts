import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.js';
import type { Settings } from './settings-section.js';
import { findUnknownVariables } from './unknown-variables.js';
import type { Variable } from './variable.js';

export type Environment = Readonly<Record<string, string | undefined>>;

type Sections = Readonly<Record<string, Settings<unknown>>>;

export type Config<S extends Sections> = { readonly [K in keyof S]: S[K] extends Settings<infer T> ? T : never };

/**
 * Reads a process's configuration once, when it starts. The schema is a record of sections; the result has the value
 * of each under the same name, frozen. An empty variable counts as not set.
 *
 * Throws ConfigError with everything that is wrong: values that are not allowed, variables that nobody reads,
 * secrets that are given twice or whose file can't be read.
 */
export function loadConfig<S extends Sections>(sections: S, environment: Environment): Config<S> {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems = findUnknownVariables(Object.keys(set));
  const config: Record<string, unknown> = {};
  for (const [key, section] of Object.entries(sections)) {
    const result = readSection(section, set);
    problems.push(...result.problems);
    config[key] = deepFreeze(result.value);
  }
  // Sections share variables: each is complained about once.
  const byVariable = new Map(problems.toReversed().map((problem) => [problem.variable, problem]));
  if (byVariable.size > 0) throw new ConfigError([...byVariable.values()].toReversed());
  return Object.freeze(config) as Config<S>;
}

interface Reading {
  readonly value?: unknown;
  readonly problems: readonly ConfigProblem[];
}

function readSection({ variables, schema }: Settings<unknown>, environment: Environment): Reading {
  const readings = variables.map((variable) => readVariable(variable, environment));
  const problems = readings.flatMap((reading) => reading.problems);
  if (problems.length > 0) return { problems };
  const result = schema.safeParse(
    Object.fromEntries(variables.map(({ name }, index) => [name, readings[index]?.value as string | undefined])),
  );
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.map((issue) => toProblem(issue, variables)) };
}

function readVariable({ name, isSecret }: Variable<unknown>, environment: Environment): Reading {
  const value = environment[name];
  const variable = `${name}_FILE`;
  const file = environment[variable];
  if (!isSecret || file === undefined) return { value, problems: [] };
  if (value !== undefined) {
    return { problems: [{ variable, message: `${variable} and ${name} are both set: only one may be` }] };
  }
  try {
    // Editors and `echo` end a file with a line break, which is not part of a secret.
    return { value: readFileSync(file, 'utf8').replace(/\r?\n$/, ''), problems: [] };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { problems: [{ variable, message: `${variable} must be the path of a file that can be read (${code})` }] };
  }
}

/** Messages of the schema library may quote the value, so ours takes their place, unless a section wrote its own. */
function toProblem(issue: z.core.$ZodIssue, variables: readonly Variable<unknown>[]): ConfigProblem {
  const name = String(issue.path[0]);
  const variable = variables.find((each) => each.name === name);
  if (issue.code === 'custom' && issue.message.startsWith(name)) return { variable: name, message: issue.message };
  return { variable: name, message: `${name} must be ${variable?.allowed ?? 'something else'}` };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
