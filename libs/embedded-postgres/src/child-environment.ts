const KEPT = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'TMPDIR'];

/**
 * What PostgreSQL sees of our environment: no `PG*` variable that would redirect it, no secret of ours, and a
 * fixed locale, so that its messages can be read by a program.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of KEPT) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
}
