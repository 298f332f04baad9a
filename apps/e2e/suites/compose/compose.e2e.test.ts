import { paths } from '@stowage/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable, reportSkip } from '../../support/clients.js';
import { ComposeProject } from '../../support/compose/compose-project.js';
import { ContainerNetwork } from '../../support/compose/container-network.js';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage, type Image } from '../../support/images.js';
import { callApi, createOrganization, type Person, signUp } from '../../support/management-api.js';
import { bytesOf, type RegistryClient } from '../../support/registry-client.js';
import { codeOf } from '../../support/setup-link.js';
import { clientOf } from '../../support/use-owner.js';

const folder = makeTempDir('compose');
const network = await createNetwork();

async function createNetwork(): Promise<ContainerNetwork | undefined> {
  const name = 'docker-compose.yml, run';
  if (!isAvailable(name, ['ip', 'unshare', 'npm', 'wget', 'caddy', 'versitygw'], { root: true })) return undefined;
  try {
    return await ContainerNetwork.create(folder);
  } catch (error) {
    reportSkip(name, `no network namespaces here: ${String(error).trim().split('\n').at(-1)}`);
    return undefined;
  }
}

afterAll(async () => {
  await network?.remove();
  await removeDataDir(folder);
});

describe.runIf(network)('docker-compose.yml (J9)', () => {
  let project: ComposeProject;
  let owner: Person;
  let client: RegistryClient;
  let repository = '';
  let image: Image;

  beforeAll(async () => {
    project = await ComposeProject.up(folder, network!);
    owner = await signUp(project.url, 'owner');
    client = clientOf(project.url, owner);
    repository = `${await createOrganization(owner)}/app`;
    image = await anImage({ layers: 3, layerBytes: 500_000 });
  }, 300_000);

  afterAll(() => project?.down());

  async function expectPulled(): Promise<void> {
    const manifest = await client.getManifest(repository, 'v1');
    expect((await bytesOf(manifest)).equals(image.manifest.bytes)).toBe(true);
    for (const { digest, bytes } of image.layers) {
      const blob = await client.getBlob(repository, digest);
      expect(blob.status).toBe(200);
      expect((await bytesOf(blob)).equals(bytes)).toBe(true);
    }
  }

  test('runs two registries and two token services, and one of each other', () => {
    const count = (service: string) => project.containersOf(service).length;
    expect(['registry', 'auth', 'api', 'worker', 'proxy', 'postgres', 's3'].map(count)).toEqual([2, 2, 1, 1, 1, 1, 1]);
  });

  test('takes a push and gives it back, through the proxy and the bucket', async () => {
    await client.pushImage(repository, 'v1', image);
    await expectPulled();
  });

  test('prints a link that creates the first administrator', async () => {
    const { output } = project.containersOf('api')[0]!;
    const link = new URL(/http\S+\/setup\?\S+/.exec(output)?.[0] ?? '');
    expect(link.origin).toBe(project.url);
    const account = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };
    const answer = await callApi(project.url, paths.setup, { body: { ...account, code: codeOf(link) } });
    expect(answer.status).toBe(201);
  });

  test("shows the dashboard, and nobody its processes' figures", async () => {
    const page = await fetch(project.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
    expect((await fetch(`${project.url}/metrics`)).status).toBe(404);
  });

  test('goes on when a registry and a token service are killed', async () => {
    for (const service of ['registry', 'auth']) await project.kill(project.containersOf(service)[0]!);
    for (let round = 0; round < 5; round += 1) {
      client = clientOf(project.url, owner);
      await expectPulled();
    }
  });

  test('ends each process in order when its container is stopped', async () => {
    for (const service of ['api', 'worker', 'registry', 'auth']) {
      const container = project.containersOf(service).at(-1)!;
      expect(await project.stop(container), container.output).toBe(0);
      expect(container.output).toContain('"msg":"stopping"');
    }
  });
});
