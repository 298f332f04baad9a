import { runChaos } from './chaos-run.js';
import { CleanUp } from './clean-up.js';
import { type ChaosOptions, parseOptions, USAGE } from './options.js';
import { closingLine, formatCheck } from './report.js';

const cleanUp = new CleanUp();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp.run().finally(() => process.exit(1)));
}
const options = readOptions();
try {
  const checks = await runChaos(options, { cleanUp, print: (line) => console.log(line) });
  for (const check of checks) console.log(formatCheck(check));
  const { seed, minutes, storage } = options;
  console.log(`\nseed ${seed}; again: npm run check:chaos -- --seed ${seed} --minutes ${minutes} --storage ${storage}`);
  await cleanUp.run();
  console.log(closingLine(checks));
  process.exit(checks.every(({ violations }) => violations.length === 0) ? 0 : 1);
} catch (cause) {
  console.error(cause);
  await cleanUp.run().catch((error: unknown) => console.error(error));
  console.log('0 passed, 1 failed');
  process.exit(1); // clients may still be at work
}

function readOptions(): ChaosOptions {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
    process.exit(2);
  }
}
