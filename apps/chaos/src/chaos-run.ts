import path from 'node:path';
import type { Check } from './checks/check.js';
import { checkRun } from './checks/check-run.js';
import { walk } from './checks/walk.js';
import type { CleanUp } from './clean-up.js';
import { TokenSource } from './client/token-source.js';
import { makeUniverse, NAMESPACES, type Universe } from './content/universe.js';
import { History } from './history/history.js';
import { harm } from './nemesis/harm.js';
import type { ChaosOptions } from './options.js';
import { formatCounts, formatFaults, formatStalls } from './report.js';
import { createAccounts } from './topology/accounts.js';
import { startBucket } from './topology/bucket-view.js';
import { DatabaseView } from './topology/database-view.js';
import { emptyArtifacts, temporaryFolder } from './topology/folders.js';
import { Site } from './topology/site.js';
import { folderView } from './topology/storage-view.js';
import { waitUntil } from './wait-until.js';
import { countClients, drive } from './workload/drive.js';

const USERS = 4;
/** Of all that could be pushed to the tight namespace, how much has room there. */
const TIGHT = 0.5;
/** Odd seeds collect garbage while they drive; even ones keep everything, so that nothing but a client removes. */
const REVIEW_DELAY_SECONDS = { odd: 12, even: 86_400 };
const QUIET_MS = 240_000;

/** One run, from the first process to the last check. What it has to undo goes to `cleanUp`. */
export async function runChaos(
  options: ChaosOptions,
  { cleanUp, print }: { readonly cleanUp: CleanUp; readonly print: (line: string) => void },
): Promise<Check[]> {
  const { seed, minutes } = options;
  const reviewDelaySeconds = seed % 2 === 0 ? REVIEW_DELAY_SECONDS.even : REVIEW_DELAY_SECONDS.odd;
  const artifacts = await emptyArtifacts('chaos', options.storage === 's3' ? `${seed}-s3` : String(seed));
  const directory = await temporaryFolder(cleanUp);
  const storage = options.storage === 's3' ? await startBucket(cleanUp) : folderView(directory);
  const site = await Site.start({ directory, logs: artifacts, reviewDelaySeconds, storage: storage.env }, cleanUp);
  const database = new DatabaseView(site.postgres.connectionString);
  cleanUp.add(() => database.close());
  const universe = makeUniverse(seed);
  const tokens = await prepareUsers(site, universe, database);
  const history = new History(path.join(artifacts, 'history.jsonl'));

  print(`seed ${seed}: ${countClients(seed)} clients for ${minutes} min; the history is in ${artifacts}`);
  const over = AbortSignal.timeout(minutes * 60_000);
  const work = { seed, universe, history, replicas: site.registries, tokens, isOver: () => over.aborted };
  const [faults] = await Promise.all([harm(site, { seed, history, signal: over }), drive(work)]);
  print([formatFaults(faults), formatCounts(history.operations), formatStalls(history.operations)].join('\n\n'));

  const isQuiet = await waitUntil(async () => {
    await database.endClaims();
    return (await database.countPending()) === 0;
  }, QUIET_MS);
  if (!isQuiet) throw new Error(`uploads or garbage are still there after ${QUIET_MS / 1_000} s`);
  const [walker] = tokens;
  if (!walker) throw new RangeError('no user');
  const walked = await walk({ universe, history, replicas: site.registries, tokens: walker });
  await history.close();
  return [
    ...(await checkRun({ options, reviewDelaySeconds, universe, history, faults, site, database, storage })),
    walked,
  ];
}

/** Users with tokens for every repository, and one namespace that is too small for all that is pushed to it. */
async function prepareUsers(site: Site, universe: Universe, database: DatabaseView): Promise<TokenSource[]> {
  const api = { url: site.api.url, publicUrl: site.publicUrl };
  const accounts = await createAccounts(api, { users: USERS, namespaces: Object.values(NAMESPACES) });
  const tight = universe.repositories.filter(({ name }) => name.startsWith(`${NAMESPACES.tight}/`));
  const bytes = tight.flatMap(({ blobs }) => blobs).reduce((sum, blob) => sum + blob.bytes.length, 0);
  await database.limitNamespace(NAMESPACES.tight, Math.round(bytes * TIGHT));
  const names = universe.repositories.map(({ name }) => name);
  return accounts.map((account) => TokenSource.of(site.publicUrl, account, names));
}
