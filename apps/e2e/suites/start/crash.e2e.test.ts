import { describe, expect, test } from 'vitest';
import { Acknowledged } from '../../support/acknowledged.js';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage } from '../../support/images.js';
import { type Person, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { canSeeProcesses } from '../../support/processes.js';
import { randomName } from '../../support/random.js';
import { type Stowage, startStowage } from '../../support/stowage.js';
import { clientOf } from '../../support/use-owner.js';

const CLIENTS = 4;
const ROUNDS = 3;
/** Acknowledgements of a round before the cut; the cut then falls anywhere in the pushes that are under way. */
const ACKNOWLEDGED_BEFORE_CUT = 25;

async function pushAndCut(
  stowage: Stowage,
  person: Person,
  acknowledged: Acknowledged,
  cut: (stowage: Stowage) => Promise<void>,
): Promise<void> {
  const enough = acknowledged.count + ACKNOWLEDGED_BEFORE_CUT;
  const pushing = Array.from({ length: CLIENTS }, () =>
    acknowledged.pushUntilCut(clientOf(stowage.url, person), person.username),
  );
  await Promise.race([
    poll(() => (acknowledged.count >= enough ? true : undefined), { what: `${ACKNOWLEDGED_BEFORE_CUT} pushes` }),
    Promise.all(pushing),
  ]);
  await cut(stowage);
  await Promise.all(pushing);
}

describe.runIf(canSeeProcesses)('what was answered with 201 is there after a crash', () => {
  test.each([
    { what: 'a power cut (kill -9 of every process)', cut: (stowage: Stowage) => stowage.killEverything() },
    { what: 'kill -9 of the node process alone', cut: (stowage: Stowage) => stowage.killOnlyNode() },
  ])('$what, three times in a row on one folder', { timeout: 240_000 }, async ({ cut }) => {
    const dataDir = makeTempDir('crash');
    const acknowledged = new Acknowledged();
    let stowage = await startStowage({ dataDir });
    try {
      const person = await signUp(stowage.url);
      for (let round = 0; round < ROUNDS; round += 1) {
        await pushAndCut(stowage, person, acknowledged, cut);
        stowage = await startStowage({ dataDir, port: stowage.port });
        expect(await acknowledged.findLost(clientOf(stowage.url, person))).toEqual([]);
      }
      const repository = `${person.username}/${randomName('after')}`;
      await clientOf(stowage.url, person).pushImage(repository, 'v1', await anImage());
      expect((await stowage.stop()).code).toBe(0);
    } finally {
      if (stowage.isRunning) await stowage.killEverything();
      await removeDataDir(dataDir);
    }
  });
});
