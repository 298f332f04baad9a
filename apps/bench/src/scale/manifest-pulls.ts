import { type Latencies, measureLatencies, type Target } from '../load/latencies.js';
import { ACCEPT_MANIFEST } from '../seed.js';
import { OWNER } from '../servers/stowage-server.js';
import { digestsOf } from './fill.js';
import type { FilledServer } from './filled-server.js';

/** Repositories that share the manifests. */
const REPOSITORIES = 16;
const CONNECTIONS = 8;
/** Different ones that are asked for: as good as all of them. */
const TARGETS = 20_000;

const tagOf = (number: number) => `t${String(number).padStart(8, '0')}`;
const nameOf = (index: number) => `${OWNER}/s${String(index).padStart(2, '0')}`;

/** Every tenth manifest has a tag. */
const tagsOf = (manifests: number) => Math.ceil(manifests / 10);

/** Manifests of several repositories. */
export async function fillManifests({ filler }: FilledServer, count: number): Promise<void> {
  const each = Math.ceil(count / REPOSITORIES);
  for (let index = 0; index < REPOSITORIES; index += 1) {
    await filler.manifests(nameOf(index), each);
    await filler.tags(nameOf(index), tagsOf(each), each);
  }
  await filler.vacuum();
}

/** Resolves with the load of asking for manifests here and there, half by tag and half by digest. */
export async function prepareManifestPulls(
  { server, client }: FilledServer,
  count: number,
): Promise<(requests: number) => Promise<Latencies>> {
  const each = Math.ceil(count / REPOSITORIES);
  const headers = await Promise.all(
    Array.from({ length: REPOSITORIES }, async (_, index) => ({
      ...ACCEPT_MANIFEST,
      ...(await server.authorizeFor(nameOf(index))),
    })),
  );
  const numbers = Array.from({ length: TARGETS }, () => 1 + Math.floor(Math.random() * each));
  const digests = await digestsOf(client, numbers);
  const targets = numbers.map((number, at): Target => {
    const index = at % REPOSITORIES;
    const reference = at % 32 < REPOSITORIES ? digests[at] : tagOf(1 + (number % tagsOf(each)));
    return {
      url: new URL(`/v2/${nameOf(index)}/manifests/${reference}`, server.url),
      headers: headers[index] ?? {},
    };
  });
  let at = 0;
  const next = () => {
    at = (at + 1) % targets.length;
    return targets[at] as Target;
  };
  return (requests) => measureLatencies({ next, connections: CONNECTIONS, requests });
}
