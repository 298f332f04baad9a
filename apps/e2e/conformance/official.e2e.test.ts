// Runs the official conformance program, which `npm run conformance` has brought. P40.
import path from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../support/command.js';
import { allSwitches } from '../support/conformance/official-switches.js';
import { readJunit } from '../support/conformance/junit.js';
import { useOwner } from '../support/use-owner.js';
import { useStowage } from '../support/use-stowage.js';

const stowage = useStowage({ STOWAGE_SPARSE_MANIFESTS: 'true' });
const owner = useOwner(stowage);

it.each(['1.1', 'dev'])(
  'passes every test of version %s, with none that is skipped or switched off',
  async (version) => {
    const { STOWAGE_CONFORMANCE: program, STOWAGE_CONFORMANCE_RESULTS: results } = process.env;
    if (!program || !results) throw new Error('start this with `npm run conformance`');
    const folder = path.join(results, version);
    const { stdout, stderr } = await run(program, [], {
      timeoutMs: 600_000,
      env: {
        ...allSwitches(version),
        OCI_REGISTRY: stowage.host,
        OCI_TLS: 'disabled',
        OCI_REPO1: owner.newRepository(),
        OCI_REPO2: owner.newRepository(),
        OCI_USERNAME: owner.person.username,
        OCI_PASSWORD: owner.person.token,
        OCI_RESULTS_DIR: folder,
      },
    });
    // The program exits with 0 when it could not even read its configuration: only its results count.
    const counts = await readJunit(path.join(folder, 'junit.xml'), `${stdout}\n${stderr}`);
    expect(counts).toEqual({ tests: expect.any(Number) as number, failures: 0, errors: 0, skipped: 0, disabled: 0 });
    expect(counts.tests).toBeGreaterThan(100);
  },
  900_000,
);
