import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Service {
  readonly command: string;
  readonly build?: { readonly dockerfile_inline: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck: { readonly test: readonly [kind: 'CMD', ...command: string[]] };
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly deploy?: { readonly replicas: number };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly configs: { readonly caddyfile: { readonly content: string } };
}

/** `docker-compose.yml` with the variables that a person would set. */
export function readComposeFile(variables: Readonly<Record<string, string>>): ComposeFile {
  const text = readFileSync(fileURLToPath(new URL('../../../../docker-compose.yml', import.meta.url)), 'utf8');
  const filled = text.replaceAll(
    /\$\{(\w+):[-?]([^}]*)\}/g,
    (_, name: string, rest: string) => variables[name] ?? rest,
  );
  return parse(filled, { merge: true }) as ComposeFile;
}

/** What the image gives every container. */
export function imageEnvironment({ build }: Service): Record<string, string> {
  const lines = [...(build?.dockerfile_inline ?? '').matchAll(/^ENV (.*)$/gm)].map(([, line = '']) => line);
  const pairs = lines.flatMap((line) => line.split(' ')).map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
