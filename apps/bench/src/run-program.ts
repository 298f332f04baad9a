import { CleanUp } from './clean-up.js';

export interface Program<Options> {
  /** Throws for arguments that make no sense. */
  readonly parse: (args: readonly string[]) => Options;
  readonly usage: string;
  readonly run: (options: Options, cleanUp: CleanUp) => Promise<void>;
}

/** Runs a command line program, and undoes what it has left to undo, however it ends. */
export async function runProgram<Options>(program: Program<Options>): Promise<void> {
  const cleanUp = new CleanUp();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp.run().finally(() => process.exit(1)));
  }
  const options = readOptions(program);
  try {
    await program.run(options, cleanUp);
  } finally {
    await cleanUp.run();
  }
}

function readOptions<Options>({ parse, usage }: Program<Options>): Options {
  try {
    return parse(process.argv.slice(2));
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`);
    process.exit(2);
  }
}
