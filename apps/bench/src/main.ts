import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CleanUp } from './clean-up.js';
import { type Comparison, type ComparisonShape, compare } from './compare.js';
import { formatTable } from './format-table.js';
import { type BenchOptions, parseOptions, type ScenarioGroup, USAGE } from './options.js';
import { type Blob, makeRandomBlob } from './random-blob.js';
import type { Scenario } from './scenario.js';
import { blobGet, firstBlobGet } from './scenarios/blob-get.js';
import { blobPush } from './scenarios/blob-push.js';
import { eventLoopLimit } from './scenarios/event-loop-limit.js';
import { manifestGets } from './scenarios/manifest-get.js';
import { memoryLimit } from './scenarios/memory-limit.js';
import { smallPush } from './scenarios/small-push.js';
import { seed } from './seed.js';
import { settle } from './settle.js';
import { isDistributionInstalled, startDistribution } from './servers/distribution-server.js';
import type { RegistryServer } from './servers/registry-server.js';
import { startStowage } from './servers/stowage-server.js';

const MANY_STREAMS = 64;

async function startServers(options: BenchOptions, cleanUp: CleanUp): Promise<RegistryServer[]> {
  const directory = await mkdtemp(join(options.directory, 'stowage-bench-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const servers: RegistryServer[] = [];
  const starts = !options.isAlone && isDistributionInstalled() ? [startStowage, startDistribution] : [startStowage];
  for (const start of starts) {
    servers.push(await start(directory, cleanUp));
  }
  if (servers.length === 1) console.log('no peer to compare with: docker-registry is not installed, or not wanted');
  return servers;
}

async function run(options: BenchOptions, cleanUp: CleanUp): Promise<void> {
  const servers = await startServers(options, cleanUp);
  const large = wants(options, 'downloads') ? makeRandomBlobs(options) : [];
  for (const server of servers) {
    await seed(server, large);
    await settle(server.pid);
  }
  const comparisons: Comparison[] = [];
  const shape: ComparisonShape = {
    repetitions: options.repetitions,
    onReading: (line) => console.log(line),
    settle: ({ pid }) => settle(pid),
  };
  for (const scenario of scenariosOf(options, large)) comparisons.push(...(await compare(servers, scenario, shape)));
  console.log(
    `\n${formatTable(
      servers.map((server) => server.name),
      comparisons,
    )}`,
  );
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
    ...(wants(options, 'limits') ? [memoryLimit(options.limitBlobBytes), eventLoopLimit()] : []),
  ];
}

function wants(options: BenchOptions, group: ScenarioGroup): boolean {
  return options.only === undefined || options.only === group;
}

function makeRandomBlobs({ streams, blobBytes }: BenchOptions): Blob[] {
  return Array.from({ length: streams }, () => makeRandomBlob(blobBytes));
}

async function main(): Promise<void> {
  const cleanUp = new CleanUp();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp.run().finally(() => process.exit(1)));
  }
  try {
    await run(readOptions(), cleanUp);
  } finally {
    await cleanUp.run();
  }
}

function readOptions(): BenchOptions {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
    process.exit(2);
  }
}

await main();
