// `npm run typecheck`: the packages, the dashboard, the black-box suites and every test file.
import { runChecks, typeChecks } from './checks.mjs';

const { failed } = await runChecks('types', typeChecks);
process.exitCode = failed === 0 ? 0 : 1;
