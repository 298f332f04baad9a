import { runChaos } from './chaos-run.js';
import { parseOptions, USAGE } from './options.js';
import { runCheck } from './run-check.js';

await runCheck({
  parseOptions,
  usage: USAGE,
  run: runChaos,
  again: ({ seed, minutes, storage }) =>
    `\nseed ${seed}; again: npm run check:chaos -- --seed ${seed} --minutes ${minutes} --storage ${storage}`,
});
