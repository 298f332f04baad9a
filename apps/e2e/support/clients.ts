import { appendFileSync } from 'node:fs';
import { findCommand } from './command.js';

/**
 * Says aloud that the cases of a client are not run. `npm test` repeats these lines before its last one, so that
 * nobody takes a skip for a pass.
 */
export function reportSkip(name: string, reason: string): void {
  const line = `SKIPPED ${name}: ${reason}`;
  process.stdout.write(`${line}\n`);
  const file = process.env['STOWAGE_E2E_SKIPS'];
  if (file) appendFileSync(file, `${line}\n`);
}

/** True when every command is installed (and, for some, when the caller is root); else the skip is reported. */
export function isAvailable(name: string, commands: readonly string[], needs: { root?: boolean } = {}): boolean {
  const missing = commands.filter((command) => findCommand(command) === undefined);
  if (missing.length > 0) {
    reportSkip(name, `${missing.join(' and ')} not installed`);
    return false;
  }
  if (needs.root === true && process.geteuid?.() !== 0) {
    reportSkip(name, 'needs root');
    return false;
  }
  return true;
}
