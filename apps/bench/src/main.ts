import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanUp } from './clean-up.js';
import { type Comparison, type ComparisonShape, compare } from './compare.js';
import { formatTable } from './format-table.js';
import { type BenchOptions, parseOptions, type ScenarioGroup, USAGE } from './options.js';
import { type Blob, makeRandomBlob } from './random-blob.js';
import { runProgram } from './run-program.js';
import { runRetention } from './retention/run-retention.js';
import type { Scenario } from './scenario.js';
import { compareS3 } from './s3/compare-s3.js';
import { blobGet, firstBlobGet } from './scenarios/blob-get.js';
import { blobPush } from './scenarios/blob-push.js';
import { crowdedPush } from './scenarios/crowded-push.js';
import { eventLoopLimit } from './scenarios/event-loop-limit.js';
import { manifestGets } from './scenarios/manifest-get.js';
import { memoryLimit } from './scenarios/memory-limit.js';
import { passwordFlood } from './scenarios/password-flood.js';
import { smallPush } from './scenarios/small-push.js';
import { tokenGets } from './scenarios/token-get.js';
import { tokenVerification } from './scenarios/token-verification.js';
import { seed } from './seed.js';
import { settle } from './settle.js';
import { runSweep } from './sweep/run-sweep.js';
import { isDistributionInstalled, startDistribution } from './servers/distribution-server.js';
import type { RegistryServer } from './servers/registry-server.js';
import { startStowage } from './servers/stowage-server.js';
import { runUsage } from './usage/run-usage.js';

const MANY_STREAMS = 64;

async function run(options: BenchOptions, cleanUp: CleanUp): Promise<void> {
  if (options.only === 'sweep') return runSweep(options.sweep, options.directory, cleanUp);
  if (options.only === 'retention') return runRetention(options.retentionTags, options.directory, cleanUp);
  if (options.only === 'usage') return runUsage(options.usageRepositories, options.directory, cleanUp);
  const directory = await mkdtemp(join(options.directory, 'stowage-bench-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const shape: ComparisonShape = {
    repetitions: options.repetitions,
    onReading: (line) => console.log(line),
    settle: ({ pid }) => settle(pid),
  };
  const tables: string[] = [];
  if (options.only !== 's3') {
    const servers = await startServers(options, directory, cleanUp);
    const comparisons = await compareRegistries(options, servers, shape);
    tables.push(formatTable(servers.map(nameOf), comparisons));
  }
  if (wants(options, 's3')) {
    const onS3 = await compareS3(options, { directory, cleanUp, shape });
    if (onS3) tables.push(formatTable(onS3.names, onS3.comparisons));
  }
  console.log(`\n${tables.join('\n\n')}`);
}

async function startServers(options: BenchOptions, directory: string, cleanUp: CleanUp): Promise<RegistryServer[]> {
  const servers: RegistryServer[] = [await startStowage(directory, cleanUp)];
  if (!options.isAlone && isDistributionInstalled()) servers.push(await startDistribution(directory, cleanUp));
  else console.log('no peer to compare with: docker-registry is not installed, or not wanted');
  return servers;
}

async function compareRegistries(
  options: BenchOptions,
  servers: readonly RegistryServer[],
  shape: ComparisonShape,
): Promise<Comparison[]> {
  const large = wants(options, 'downloads') ? makeRandomBlobs(options) : [];
  for (const server of servers) {
    await seed(server, large);
    await shape.settle(server);
  }
  const comparisons: Comparison[] = [];
  for (const scenario of scenariosOf(options, large)) comparisons.push(...(await compare(servers, scenario, shape)));
  return comparisons;
}

function nameOf({ name }: RegistryServer): string {
  return name;
}

function scenariosOf(options: BenchOptions, large: readonly Blob[]): Scenario[] {
  const { streams, blobBytes: size, secondsOfRequests: seconds } = options;
  return [
    ...(wants(options, 'manifests') ? manifestGets(seconds) : []),
    ...(wants(options, 'downloads')
      ? [firstBlobGet(large), ...[1, streams, MANY_STREAMS].map((count) => blobGet(large, count))]
      : []),
    ...(wants(options, 'pushes') ? [blobPush({ count: 1, size }), blobPush({ count: streams, size })] : []),
    ...(wants(options, 'small') ? [smallPush(seconds)] : []),
    ...(wants(options, 'crowd') ? [crowdedPush(seconds)] : []),
    ...(wants(options, 'tokens') ? [...tokenGets(seconds), tokenVerification(), passwordFlood(seconds)] : []),
    ...(wants(options, 'limits') ? [memoryLimit(options.limitBlobBytes), eventLoopLimit()] : []),
  ];
}

function wants(options: BenchOptions, group: ScenarioGroup): boolean {
  return options.only === undefined || options.only === group;
}

function makeRandomBlobs({ streams, blobBytes }: BenchOptions): Blob[] {
  return Array.from({ length: streams }, () => makeRandomBlob(blobBytes));
}

await runProgram({ parse: parseOptions, usage: USAGE, run });
