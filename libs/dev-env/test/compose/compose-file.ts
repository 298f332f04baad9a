import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const COMPOSE_FILE = fileURLToPath(new URL('../../../../docker-compose.yml', import.meta.url));

export interface ComposeService {
  readonly image: string;
  readonly command?: string;
  readonly build?: { readonly context: string; readonly dockerfile_inline: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly configs?: readonly { readonly source: string }[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

export function readComposeFile(): ComposeFile {
  return parse(readFileSync(COMPOSE_FILE, 'utf8'), { merge: true }) as ComposeFile;
}

/** A variable that a person has to set, and what the file says about it. */
export class MissingVariableError extends Error {
  override name = 'MissingVariableError';

  constructor(
    readonly variable: string,
    message: string,
  ) {
    super(message);
  }
}

/** The compose specification's `${NAME:-default}` and `${NAME:?message}`; the file has no other kind. */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = variables[name];
    if (value) return value;
    if (kind === '?') throw new MissingVariableError(name, rest);
    return rest;
  });
}

/** What a container of the service has in its environment. */
export function environmentOf(
  { environment = {} }: ComposeService,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, interpolate(String(value), variables)]),
  );
}
