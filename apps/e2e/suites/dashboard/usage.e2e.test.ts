import { paths } from '@stowage/contracts';
import { startEmbeddedPostgres } from '@stowage/embedded-postgres';
import { Client } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { makeTempDir, removeDataDir } from '../../support/data-dir.js';
import { anImage, noise } from '../../support/images.js';
import { createOrganization, expectStatus, type Person, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { RegistryClient } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const MB = 1_000_000;

describe.runIf(hasBrowser)('the usage of a namespace (J6)', () => {
  const data = makeTempDir('usage-postgres');
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ dataDirectory: `${data}/postgres`, logger: silent as never });
  });
  const running = useStowage(() => ({
    STOWAGE_DATABASE_URL: postgres.connectionString,
    STOWAGE_DEFAULT_QUOTA_BYTES: String(10 * MB),
  }));
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];
  let owner: Person;
  let org: string;
  let client: RegistryClient;

  beforeAll(async () => {
    browser = await launchBrowser();
    owner = await signUp(running.url, 'usage');
    org = await createOrganization(owner, 'acme');
    client = new RegistryClient(running.url, { username: owner.username, secret: owner.token });
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    await signInOn(page, running.url, owner);
  });

  afterAll(async () => {
    await browser?.close();
  });
  // After the server has ended, which is told to by a later hook.
  afterAll(async () => {
    await postgres?.stop();
    await removeDataDir(data);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  /** As if the worker had looked at it on each of these days. */
  async function grewFor(days: number): Promise<void> {
    const database = new Client({ connectionString: postgres.connectionString });
    await database.connect();
    await database.query(
      `INSERT INTO usage_sample (namespace_id, day, used_bytes)
       SELECT n.id, (now() AT TIME ZONE 'UTC')::date - d, (60 - d) * 100000 FROM namespace n, generate_series(1, $2::int) d
       WHERE n.name = $1 ON CONFLICT DO NOTHING`,
      [org, days],
    );
    await database.end();
  }

  test('an empty one says what will be here', async () => {
    await page.goto(`${running.url}/n/${org}`);
    await page.getByRole('link', { name: 'Usage', exact: true }).click();
    await page.waitForURL(`${running.url}/n/${org}/usage`);
    await page.getByText('Nothing is stored').waitFor();
    expect.soft(await takeScreenshots(page, 'usage-empty')).toEqual([]);
  });

  test('shows repositories, what would free most, growth, and warns before it is full', async () => {
    const shared = await anImage();
    await client.pushImage(`${org}/web`, 'v1', shared);
    await client.pushImage(`${org}/api`, 'v1', shared);
    await client.pushImage(`${org}/api`, 'v2', await anImage());
    await client.pushBlob(`${org}/team/models`, noise(8.2 * MB));
    await grewFor(40);
    await page.reload();
    await page.getByText('More than 80 % of the storage is used').waitFor();
    const repositories = page.getByRole('table', { name: 'Usage by repository' });
    await repositories.getByRole('link', { name: 'team/models' }).waitFor();
    expect(await repositories.getByRole('row').count()).toBe(4);
    const largest = page.getByRole('table', { name: 'What would free most' });
    await largest.getByText('v2', { exact: true }).waitFor();
    expect(await largest.getByText('v1', { exact: true }).count()).toBe(0);
    await page
      .getByRole('img', { name: /^Storage by day/ })
      .locator('svg path')
      .first()
      .waitFor();
    await page.getByText(/^About /).waitFor();
    expect.soft(await takeScreenshots(page, 'usage')).toEqual([]);
  });

  test('says that pushes are refused when it is full, and leads there from every page of the namespace', async () => {
    const refused = await client.request('POST', `/v2/${org}/web/blobs/uploads/`);
    expect(refused.headers.get('warning')).toContain(`${running.url}/n/${org}/usage`);
    const free = 10 * MB - (await used());
    await client.pushBlob(`${org}/web`, noise(free));
    await page.goto(`${running.url}/n/${org}`);
    await page.getByRole('link', { name: 'Full: pushes are refused, pulls go on.' }).click();
    await page.getByText('The storage is full').waitFor();
    expect.soft(await takeScreenshots(page, 'usage-full')).toEqual([]);
  });

  async function used(): Promise<number> {
    const summary = await expectStatus(200, owner.call(paths.usageSummary(org)));
    return (summary as { usedBytes: number }).usedBytes;
  }

  test('nothing of it went wrong unseen', () => {
    expect(errors).toEqual([]);
  });
});
