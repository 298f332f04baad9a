/** `/bin/sh -c`, also with the build arguments that the classic builder puts before it: `|1 VERSION=2 /bin/sh -c`. */
const SHELL =
  /^(?:\|\d+\s+.*?)?(?:\/bin\/(?:sh|bash)\s+(?:-\w+\s+|[a-z]+\s+)*?-\w*c|cmd\s+\/S\s+\/C|powershell\s+-Command)\s+/s;
const INSTRUCTION =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/;
/** The classic builder writes the checksum of what was copied: `COPY file:5f1a… in /app`. */
const COPIED = /^(ADD|COPY)\s+((?:multi|file|dir):[0-9a-f]{8})[0-9a-f]*\s+in\s+/;
/** Both builders print Go's form of the list of ports. */
const EXPOSED = /^EXPOSE (?:map)?\[([^\]]*)\]$/;
/** And of an argument list: words in quotes without commas between. */
const LISTED = /^(CMD|ENTRYPOINT|SHELL|VOLUME) \[(".*")\]$/s;
/** And of a health check: `&{["CMD" "/health"] "10s" "3s" "0s" "0s" '\x03'}`. */
const HEALTH = /^HEALTHCHECK &\{\["(CMD|CMD-SHELL)" (".*")\] "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" '(.*)'\}$/s;

/** The line of the Dockerfile that made a layer, without what builders wrap around it. */
export function dockerfileStep(createdBy: string): string {
  let text = createdBy.trim().replace(/\s*# buildkit$/, '');
  const runPrefix = /^RUN\s+/.test(text) ? 'RUN ' : '';
  const inner = text.slice(runPrefix ? (/^RUN\s+/.exec(text)?.[0].length ?? 0) : 0);
  const command = inner.replace(SHELL, '');
  if (/^#\(nop\)\s*/.test(command)) return tidy(command.replace(/^#\(nop\)\s*/, ''));
  if (runPrefix || command !== inner) text = `RUN ${command.trim()}`;
  return tidy(text);
}

function tidy(step: string): string {
  return step
    .replace(COPIED, '$1 $2… ')
    .replace(EXPOSED, (_, ports: string) => `EXPOSE ${ports.replaceAll(':{}', '')}`)
    .replace(LISTED, (_, instruction: string, list: string) => `${instruction} [${commas(list)}]`)
    .replace(HEALTH, healthCheck)
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

const commas = (list: string) => list.replaceAll('" "', '", "');

function healthCheck(_: string, ...[kind = '', list = '', interval, timeout, startPeriod, startInterval]: string[]) {
  const options = Object.entries({ interval, timeout, 'start-period': startPeriod, 'start-interval': startInterval })
    .filter(([, value]) => value !== '0s')
    .map(([name, value]) => `--${name}=${value} `);
  const command = kind === 'CMD' ? `[${commas(list)}]` : list.slice(1, -1).replaceAll('\\"', '"');
  return `HEALTHCHECK ${options.join('')}CMD ${command}`;
}

/** The instruction and its rest, so that the first can be set apart. Comments of base images have no instruction. */
export function splitStep(step: string): { instruction: string; rest: string } {
  const instruction = INSTRUCTION.exec(step)?.[0] ?? '';
  return { instruction, rest: step.slice(instruction.length).trim() };
}

/** One command of a chain on each line, for reading a long RUN. */
export function breakStep(step: string): string {
  return step.replace(/\s*(&&|;|\|\|)\s+/g, (_, operator: string) =>
    operator === ';' ? ';\n    ' : ` \\\n    ${operator} `,
  );
}
