import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CleanUp } from './clean-up.js';
import { type Comparison, compare } from './compare.js';
import { formatTable } from './format-table.js';
import { type BenchOptions, parseOptions, USAGE } from './options.js';
import { makeRandomBlob } from './random-blob.js';
import type { Scenario } from './scenario.js';
import { blobGet } from './scenarios/blob-get.js';
import { blobPush } from './scenarios/blob-push.js';
import { manifestGet } from './scenarios/manifest-get.js';
import { seed } from './seed.js';
import { isDistributionInstalled, startDistribution } from './servers/distribution-server.js';
import type { RegistryServer } from './servers/registry-server.js';
import { startStowage } from './servers/stowage-server.js';

async function startServers(options: BenchOptions, cleanUp: CleanUp): Promise<RegistryServer[]> {
  const directory = await mkdtemp(join(options.directory, 'stowage-bench-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  const servers: RegistryServer[] = [];
  const starts = isDistributionInstalled() ? [startStowage, startDistribution] : [startStowage];
  for (const start of starts) {
    servers.push(await start(directory, cleanUp));
  }
  if (servers.length === 1) console.log('docker-registry is not installed: no peer to compare with');
  return servers;
}

async function run(options: BenchOptions, cleanUp: CleanUp): Promise<void> {
  const servers = await startServers(options, cleanUp);
  const large = Array.from({ length: options.streams }, () => makeRandomBlob(options.blobBytes));
  for (const server of servers) await seed(server, large);
  const scenarios: Scenario[] = [
    manifestGet(options.secondsOfRequests),
    blobGet(large.slice(0, 1)),
    blobGet(large),
    blobPush({ count: 1, size: options.blobBytes }),
    blobPush({ count: options.streams, size: options.blobBytes }),
  ];
  const comparisons: Comparison[] = [];
  const shape = { repetitions: options.repetitions, onReading: (line: string) => console.log(line) };
  for (const scenario of scenarios) comparisons.push(...(await compare(servers, scenario, shape)));
  console.log(
    `\n${formatTable(
      servers.map((server) => server.name),
      comparisons,
    )}`,
  );
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
