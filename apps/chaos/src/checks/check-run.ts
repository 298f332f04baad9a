import type { Universe } from '../content/universe.js';
import type { History } from '../history/history.js';
import type { Fault } from '../nemesis/nemesis.js';
import type { ChaosOptions } from '../options.js';
import type { DatabaseView } from '../topology/database-view.js';
import type { Site } from '../topology/site.js';
import type { StorageView } from '../topology/storage-view.js';
import { checkAccounting } from './accounting.js';
import { checkAnswers, checkBytes } from './answers.js';
import { checkAudit } from './audit.js';
import type { Check } from './check.js';
import { addCollections, checkCollections } from './collections.js';
import { forgetWrite } from './forget-write.js';
import { checkLeftovers } from './leftovers.js';
import { checkProcesses } from './processes.js';
import { checkRegisters, registersOf } from './registers.js';
import { checkUploads } from './uploads.js';
import { checkVisibility } from './visibility.js';

/** What a run has left behind, when it is quiet. */
export interface Remains {
  readonly options: ChaosOptions;
  readonly reviewDelaySeconds: number;
  readonly universe: Universe;
  readonly history: History;
  readonly faults: readonly Fault[];
  readonly site: Site;
  readonly database: DatabaseView;
  readonly storage: StorageView;
}

/** Everything that is checked when it is over. */
export async function checkRun(remains: Remains): Promise<Check[]> {
  const { options, universe, history, faults, site, database, storage } = remains;
  const operations = options.isLying ? forgetWrite(history.operations) : history.operations;
  const collected = await database.collected();
  const registers = registersOf(operations, universe.tags);
  addCollections(registers, collected, universe.tags);
  const stored = {
    objects: (await storage.objects()).map(({ key }) => key),
    named: await database.namedObjects(),
    staged: await storage.staged(),
    workerKills: faults.filter(({ target }) => target === 'worker').length,
  };
  return [
    checkRegisters('tag', registers),
    checkRegisters('manifest', registers),
    checkRegisters('blob', registers),
    checkBytes(operations),
    checkVisibility(operations),
    checkUploads(operations),
    checkCollections(collected, operations, remains.reviewDelaySeconds),
    checkAccounting(await database.accounts(), operations),
    checkLeftovers(stored, operations),
    checkAudit(operations, await database.auditCounts()),
    checkAnswers(operations),
    await checkProcesses(site.apps),
  ];
}
