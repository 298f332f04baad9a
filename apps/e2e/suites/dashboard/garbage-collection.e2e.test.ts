import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { noise } from '../../support/images.js';
import { createOrganization, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { insist } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { clientOf } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const captain = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };
const SLOW_MS = 60_000;

describe.runIf(hasBrowser)('garbage collection, as an administrator sees it (J7, J8)', () => {
  const running = useStowage({
    STOWAGE_ADMIN_USERNAME: captain.username,
    STOWAGE_ADMIN_EMAIL: captain.email,
    STOWAGE_ADMIN_PASSWORD: captain.password,
    STOWAGE_GC_INTERVAL: '1',
  });
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];

  /** Pushed and deleted again: on its way out of storage at once, because nobody can see it. */
  async function abandonBlob(): Promise<void> {
    const owner = await signUp(running.url, 'owner');
    const repository = `${await createOrganization(owner)}/app`;
    const client = clientOf(running.url, owner);
    const [gone, kept] = [noise(300_000), noise(70_000)];
    for (const blob of [gone, kept]) await client.pushBlob(repository, blob);
    await insist(await client.request('DELETE', `/v2/${repository}/blobs/${gone.digest}`), 202);
  }

  beforeAll(async () => {
    browser = await launchBrowser();
    await abandonBlob();
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(SLOW_MS);
    errors = watchForErrors(page);
    await page.goto(`${running.url}/sign-in`);
    await page.getByLabel('Username or e-mail').fill(captain.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(captain.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${running.url}/`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('shows what went by itself, by hour and by kind', async () => {
    await page.goto(`${running.url}/admin/gc`);
    const runs = page.getByRole('table', { name: 'Runs' });
    await runs.getByText('293 KiB').waitFor();
    await page.getByRole('table', { name: 'Backlog' }).getByText('Objects in storage').waitFor();
    expect.soft(await takeScreenshots(page, 'gc'), 'scrolls sideways, or shuts somebody out').toEqual([]);
    await runs.getByRole('link').first().click();
    const done = page.getByRole('table', { name: 'What was done' });
    await done
      .getByRole('row')
      .filter({ hasText: 'Objects in storage' })
      .getByText('1', { exact: true })
      .first()
      .waitFor();
    expect.soft(await takeScreenshots(page, 'gc-run')).toEqual([]);
  });

  test('says in a dry run what would go later, and from whose usage', async () => {
    await page.goto(`${running.url}/admin/gc`);
    await page.getByRole('button', { name: 'Dry run' }).click();
    const shares = page.getByRole('table', { name: 'From whose usage' });
    await shares.getByText('68.4 KiB').waitFor();
    expect.soft(await takeScreenshots(page, 'gc-dry-run')).toEqual([]);
  });

  test('is paused with a reason that everybody sees, and goes on', async () => {
    await page.goto(`${running.url}/admin/gc`);
    await page.getByRole('button', { name: 'Pause' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pause garbage collection' });
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByText('Others will want to know why').waitFor();
    await dialog.getByLabel('Reason').fill('A backup of the storage is being restored');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('A backup of the storage is being restored').waitFor();
    expect(await page.getByRole('button', { name: 'Run now' }).isDisabled()).toBe(true);
    expect.soft(await takeScreenshots(page, 'gc-paused')).toEqual([]);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Garbage collection is paused').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('region', { name: 'Asked for' }).getByText('Done', { exact: true }).waitFor();
    expect(errors).toEqual([]);
  });
});
