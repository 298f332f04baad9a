import { runCheck } from '../run-check.js';
import { runCollection } from './collection-run.js';
import { parseOptions, USAGE } from './options.js';

await runCheck({ parseOptions, usage: USAGE, run: runCollection });
