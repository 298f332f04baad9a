import { CleanUp } from './clean-up.js';
import type { Check } from './checks/check.js';
import { closingLine, formatCheck } from './report.js';

/** What a check works with. */
export interface CheckContext {
  readonly cleanUp: CleanUp;
  readonly print: (line: string) => void;
}

export interface CheckProgram<Options> {
  /** Throws what is wrong with the arguments, in words. */
  readonly parseOptions: (args: string[]) => Options;
  readonly usage: string;
  readonly run: (options: Options, context: CheckContext) => Promise<readonly Check[]>;
  /** How the same is run again; nothing when absent. */
  readonly again?: (options: Options) => string;
}

/**
 * The whole of a program that checks: cleans up however it ends, and closes with `N passed, N failed`. Exits with 0 when
 * nothing was violated, 1 when something was, 2 for arguments that it does not understand. Never returns.
 */
export async function runCheck<Options>(program: CheckProgram<Options>): Promise<never> {
  const cleanUp = new CleanUp();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp.run().finally(() => process.exit(1)));
  }
  const options = readOptions(program);
  try {
    const checks = await program.run(options, { cleanUp, print: (line) => console.log(line) });
    for (const check of checks) console.log(formatCheck(check));
    if (program.again) console.log(program.again(options));
    await cleanUp.run();
    console.log(closingLine(checks));
    process.exit(checks.every(({ violations }) => violations.length === 0) ? 0 : 1);
  } catch (cause) {
    console.error(cause);
    await cleanUp.run().catch((error: unknown) => console.error(error));
    console.log('0 passed, 1 failed');
    process.exit(1); // clients may still be at work
  }
}

function readOptions<Options>({ parseOptions, usage }: CheckProgram<Options>): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`);
    process.exit(2);
  }
}
