import path from 'node:path';
import { checkAccounting } from '../checks/accounting.js';
import { checkAnswers, checkBytes } from '../checks/answers.js';
import type { Check } from '../checks/check.js';
import { checkCollections } from '../checks/collections.js';
import { checkProcesses } from '../checks/processes.js';
import type { CleanUp } from '../clean-up.js';
import { RegistryClient } from '../client/registry-client.js';
import { RepositoryClient } from '../client/repository-client.js';
import { TokenSource } from '../client/token-source.js';
import { History } from '../history/history.js';
import { formatCounts, formatStalls } from '../report.js';
import { createAccounts } from '../topology/accounts.js';
import { startBucket } from '../topology/bucket-view.js';
import { DatabaseView } from '../topology/database-view.js';
import { emptyArtifacts, temporaryFolder } from '../topology/folders.js';
import { Site } from '../topology/site.js';
import { folderView, type StorageView } from '../topology/storage-view.js';
import { waitUntil } from '../wait-until.js';
import { checkBytesStored, checkCollectors, checkLedger, checkWorkload } from './checks.js';
import { driveClients } from './drive-clients.js';
import { Ledger } from './ledger.js';
import type { CollectionOptions } from './options.js';
import { pull } from './pull.js';
import { makeShelf, NAMESPACES, type Shelf, tagsOf } from './shelf.js';

const CLIENTS = 16;
const USERS = 4;
const REVIEW_DELAY_SECONDS = 2;
const COLLECTORS = 3;
const QUIET_MS = 240_000;
/** Whoever looks afterwards is no client. */
const WALKER = 1_000;

interface Scene {
  readonly site: Site;
  readonly database: DatabaseView;
  readonly storage: StorageView;
  readonly shelf: Shelf;
  readonly history: History;
  readonly ledger: Ledger;
  readonly tokens: readonly TokenSource[];
}

/** One run, from the first process to the last check. What it has to undo goes to `cleanUp`. */
export async function runCollection(
  options: CollectionOptions,
  { cleanUp, print }: { readonly cleanUp: CleanUp; readonly print: (line: string) => void },
): Promise<Check[]> {
  const { seed, minutes } = options;
  const artifacts = await emptyArtifacts('gc', options.storage);
  const scene = await prepare(options, artifacts, cleanUp);
  const { site, history } = scene;
  print(
    `${CLIENTS} clients and ${COLLECTORS} collectors for ${minutes} min, seed ${seed}; the history is in ${artifacts}`,
  );
  const over = AbortSignal.timeout(minutes * 60_000);
  await driveClients({ ...scene, seed, replicas: site.registries, isOver: () => over.aborted });
  const driven = [...history.operations];
  await becomeQuiet(scene);
  await pullAll(scene);
  const checks = [...(await checkScene(scene, driven)), await emptied(scene)];
  await history.close();
  print([formatCounts(history.operations), formatStalls(history.operations)].join('\n\n'));
  return checks;
}

async function prepare(options: CollectionOptions, artifacts: string, cleanUp: CleanUp): Promise<Scene> {
  const directory = await temporaryFolder(cleanUp);
  const storage = options.storage === 's3' ? await startBucket(cleanUp) : folderView(directory);
  // What is deleted goes at once, so that it is garbage and not in the trash.
  const settings = {
    STOWAGE_GC_COLLECTORS: String(COLLECTORS),
    STOWAGE_TRASH_RETENTION: '0',
    STOWAGE_UPLOAD_TTL: '15', // of mounts that were answered with an upload, which nobody goes on with
  };
  const places = { directory, logs: artifacts, storage: storage.env };
  const site = await Site.start({ ...places, settings, reviewDelaySeconds: REVIEW_DELAY_SECONDS }, cleanUp);
  const database = new DatabaseView(site.postgres.connectionString);
  cleanUp.add(() => database.close());
  const shelf = makeShelf(options.seed, CLIENTS);
  const api = { url: site.api.url, publicUrl: site.publicUrl };
  const accounts = await createAccounts(api, { users: USERS, namespaces: NAMESPACES });
  const tokens = accounts.map((account) => TokenSource.of(site.publicUrl, account, shelf.repositories));
  const history = new History(path.join(artifacts, 'history.jsonl'));
  return { site, database, storage, shelf, history, ledger: new Ledger(), tokens };
}

async function becomeQuiet({ database }: Scene): Promise<void> {
  const isQuiet = await waitUntil(async () => {
    await database.endClaims(); // of rows that a push had locked and then left as they were: minutes, otherwise
    return (await database.countUnsettled()) === 0;
  }, QUIET_MS);
  if (!isQuiet) throw new Error(`uploads or garbage are still there after ${QUIET_MS / 1_000} s`);
}

/** Every tag that was acknowledged, from every replica. */
async function pullAll({ site, history, ledger, tokens }: Scene): Promise<void> {
  const [walker] = tokens;
  if (!walker) throw new RangeError('no user');
  for (const replica of site.registries) {
    const client = new RegistryClient({ process: WALKER, history, replicas: [replica], tokens: walker });
    for (const entry of ledger.entries()) await pull(new RepositoryClient(client, entry.repository), entry, ledger);
  }
}

async function checkScene(scene: Scene, driven: Scene['history']['operations']): Promise<Check[]> {
  const { site, database, storage, history, ledger } = scene;
  const collected = await database.collected();
  return [
    checkWorkload(driven, collected.length),
    checkLedger(ledger),
    checkBytes(history.operations),
    checkCollections(collected, driven, REVIEW_DELAY_SECONDS),
    checkAccounting(await database.accounts(), history.operations),
    checkBytesStored(await storage.objects(), await database.liveBlobs()),
    checkAnswers(history.operations),
    await checkCollectors([site.worker.logFile]),
    await checkProcesses(site.apps),
  ];
}

/** When everything is deleted, nothing is left: no bytes, no rows and no charge. */
async function emptied(scene: Scene): Promise<Check> {
  const { site, database, storage, shelf, history, tokens } = scene;
  const [walker] = tokens;
  if (!walker) throw new RangeError('no user');
  const client = new RegistryClient({ process: WALKER, history, replicas: site.registries, tokens: walker });
  for (const name of shelf.repositories) {
    const repository = new RepositoryClient(client, name);
    for (const tag of shelf.images.keys().flatMap((each) => tagsOf(each))) await repository.deleteTag(tag);
  }
  await becomeQuiet(scene);
  const left = [...(await storage.objects()), ...(await database.liveBlobs())].map(({ key }) => `${key} is left`);
  const staged = (await storage.staged()).map((upload) => `${upload} is left`);
  const charged = (await database.accounts()).filter(({ used, reserved }) => used + reserved > 0);
  return {
    name: 'when every tag is deleted, no bytes are left anywhere (I7, I6)',
    summary: 'no objects, no blobs, no charges',
    violations: [...left, ...staged, ...charged.map(({ namespace, used }) => `${namespace} is charged ${used} bytes`)],
  };
}
