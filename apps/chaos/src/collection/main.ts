import { CleanUp } from '../clean-up.js';
import { closingLine, formatCheck } from '../report.js';
import { runCollection } from './collection-run.js';
import { type CollectionOptions, parseOptions, USAGE } from './options.js';

const cleanUp = new CleanUp();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp.run().finally(() => process.exit(1)));
}
const options = readOptions();
try {
  const checks = await runCollection(options, { cleanUp, print: (line) => console.log(line) });
  for (const check of checks) console.log(formatCheck(check));
  await cleanUp.run();
  console.log(closingLine(checks));
  process.exit(checks.every(({ violations }) => violations.length === 0) ? 0 : 1);
} catch (cause) {
  console.error(cause);
  await cleanUp.run().catch((error: unknown) => console.error(error));
  console.log('0 passed, 1 failed');
  process.exit(1); // clients may still be at work
}

function readOptions(): CollectionOptions {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
    process.exit(2);
  }
}
