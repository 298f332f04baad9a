import { API_AREAS, API_ROUTES, type NamedRoute } from '@stowage/contracts';
import { CALLERS, decisionFor } from './callers.js';

const ABOUT = `# Who may do what

Every route of the management API against every kind of caller, in a namespace with a private repository. ✓ is let
through, a number is the status of the refusal: 401 sign in, 403 known and not allowed, 404 as if it were not there.
The limited token is the owner's, with \`pull\` and \`api\` on that repository.

This file is made of the route table of \`@stowage/contracts\` and the roles of \`@stowage/auth\`; the tests beside it send
every one of these requests. When a rule changes: \`vitest run --project integration apps/stowage/test/walls -u\`.
`;

/** The matrix as a person reads it. */
export function renderMatrix(): string {
  const sections = API_AREAS.map(({ name }) => {
    const rows = API_ROUTES.filter(({ area }) => area === name).map(toRow);
    return `## ${name}\n\n${table(['route', ...CALLERS], rows)}`;
  });
  return `${[ABOUT, ...sections].join('\n')}`;
}

function toRow(route: NamedRoute): string[] {
  return [`\`${route.method} ${route.path}\``, ...CALLERS.map((caller) => String(decisionFor(route, caller)))];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return `${[line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')}\n`;
}
