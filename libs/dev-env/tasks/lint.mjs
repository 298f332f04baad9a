// `npm run lint`: every check runs and prints its result; any failure makes the exit code 1.
import { indent, lintChecks, runChecks, runTool, sizeBudget } from './checks.mjs';

const { failed } = await runChecks('lint', lintChecks);
const budget = await runTool(sizeBudget.command);
const large = budget.output.split('\n').filter((line) => line.includes('max-lines'));
console.log(`lint: ${sizeBudget.name}: ${large.length === 0 ? 'none' : `${large.length} (a warning)`}`);
if (large.length > 0) console.log(indent(large.join('\n')));
process.exitCode = failed === 0 ? 0 : 1;
