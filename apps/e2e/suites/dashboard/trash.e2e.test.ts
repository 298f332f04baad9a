import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { administrator, administratorEnvironment } from '../../support/administrator.js';
import { launchBrowser } from '../../support/browser.js';
import { anImage, type Image } from '../../support/images.js';
import { createOrganization, expectStatus, type Person, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { RegistryClient } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('deleting and undoing it in the dashboard (J7)', () => {
  const running = useStowage(administratorEnvironment);
  let browser: Browser;
  let page: Page;
  let owner: Person;
  let org: string;
  let client: RegistryClient;
  let errors: readonly string[] = [];
  const images: Image[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    owner = await signUp(running.url, 'trash');
    org = await createOrganization(owner, 'acme');
    client = new RegistryClient(running.url, { username: owner.username, secret: owner.token });
    for (let index = 0; index < 3; index += 1) images.push(await anImage());
    await client.pushImage(`${org}/team/app`, 'v1', images[0]!);
    await client.pushImage(`${org}/team/app`, 'latest', images[1]!);
    await client.pushImage(`${org}/team/app`, 'latest', images[2]!);
    await client.pushImage(`${org}/tools`, 'v1', images[0]!);
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    await signInOn(page, running.url, owner);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  const dialog = () => page.getByRole('dialog');
  /** What is not there is refused as unknown or, by a token that is checked again, as not allowed. */
  const isPulled = async (repository: string, reference: string) => {
    const { status } = await client.getManifest(`${org}/${repository}`, reference);
    expect([200, 401, 404]).toContain(status);
    return status === 200;
  };

  test('the trash is empty at first, and the page says what will be in it', async () => {
    await page.goto(`${running.url}/n/${org}`);
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.getByText('The trash is empty').waitFor();
    expect.soft(await takeScreenshots(page, 'trash-empty')).toEqual([]);
  });

  test('a tag is deleted with its numbers before it, and undone from the message after it', async () => {
    await page.goto(`${running.url}/n/${org}/r/team/app`);
    await page.getByRole('button', { name: 'Delete tag v1' }).click();
    await dialog().getByText('Restorable until').waitFor();
    await dialog().getByText('1 image', { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'delete-tag')).toEqual([]);
    await dialog().getByRole('button', { name: 'Delete tag' }).click();
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    expect(await isPulled('team/app', 'v1')).toBe(false);
    expect.soft(await takeScreenshots(page, 'delete-undo')).toEqual([]);
    await undo.click();
    await page.getByText(`${org}/team/app:v1 is back.`).waitFor();
    expect(await isPulled('team/app', 'v1')).toBe(true);
  });

  test('the history of a tag tells what it was, and puts it back', async () => {
    await page.goto(`${running.url}/n/${org}/r/team/app/-/tags/latest`);
    await page.getByRole('button', { name: 'History' }).click();
    const older = images[1]!.manifest.digest;
    await page.getByRole('button', { name: `Restore to ${older}` }).waitFor();
    expect.soft(await takeScreenshots(page, 'tag-history')).toEqual([]);
    await page.getByRole('button', { name: `Restore to ${older}` }).click();
    await dialog().getByRole('button', { name: 'Restore tag' }).click();
    await expect
      .poll(async () => (await client.getManifest(`${org}/team/app`, 'latest')).headers.get('docker-content-digest'), {
        timeout: 30_000,
      })
      .toBe(older);
    await page
      .getByRole('button', { name: `Restore to ${images[2]!.manifest.digest}` })
      .first()
      .waitFor();
  });

  test('a repository is deleted by typing its name, and restored from the trash', async () => {
    await page.goto(`${running.url}/n/${org}/r/tools/-/settings`);
    await page.getByRole('button', { name: 'Delete repository…' }).click();
    await dialog().getByRole('button', { name: 'Delete repository' }).click();
    await dialog().getByText(`Type ${org}/tools`, { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'delete-repository')).toEqual([]);
    await dialog().getByRole('textbox').fill(`${org}/tools`);
    await dialog().getByRole('button', { name: 'Delete repository' }).click();
    await page.waitForURL(`${running.url}/n/${org}`);
    expect(await isPulled('tools', 'v1')).toBe(false);
    await page.getByRole('link', { name: 'Trash' }).click();
    await page.getByRole('button', { name: `Restore ${org}/tools` }).waitFor();
    await page.getByText('in 7 days').waitFor();
    expect.soft(await takeScreenshots(page, 'trash')).toEqual([]);
    await page.getByRole('button', { name: `Restore ${org}/tools` }).click();
    await page.getByText('The trash is empty').waitFor();
    expect(await isPulled('tools', 'v1')).toBe(true);
  });

  test('much goes by a filter in the background, and all of it comes back together (X5)', async () => {
    for (const tag of ['pr-1', 'pr-2', 'pr-3']) await client.pushImage(`${org}/team/app`, tag, await anImage());
    await page.goto(`${running.url}/n/${org}/r/team/app`);
    await page.getByRole('button', { name: 'Delete by filter…' }).click();
    await dialog().getByLabel('Tags', { exact: true }).fill('pr-*');
    await dialog().getByRole('button', { name: 'Show what would go' }).click();
    await dialog().getByText('3 tags, 3 images').waitFor();
    expect.soft(await takeScreenshots(page, 'bulk-delete')).toEqual([]);
    await dialog().getByRole('button', { name: 'Delete 3 tags' }).click();
    await page.getByRole('link', { name: 'See the run' }).click();
    await page.waitForURL(new RegExp(`/n/${org}/jobs/[0-9a-f-]{36}$`));
    await page
      .getByRole('heading', { name: /Delete/ })
      .first()
      .waitFor();
    for (const tag of ['pr-1', 'pr-2', 'pr-3'])
      await expect.poll(() => isPulled('team/app', tag), { timeout: 60_000 }).toBe(false);
    await page.goto(`${running.url}/n/${org}/trash`);
    await page.getByRole('button', { name: 'Restore all of them' }).first().waitFor();
    expect.soft(await takeScreenshots(page, 'trash-run')).toEqual([]);
    await page.getByRole('button', { name: 'Restore all of them' }).first().click();
    for (const tag of ['pr-1', 'pr-2', 'pr-3'])
      await expect.poll(() => isPulled('team/app', tag), { timeout: 60_000 }).toBe(true);
  });

  test('what is purged now is gone for good', async () => {
    await page.goto(`${running.url}/n/${org}/r/team/app/-/manifests/${images[0]!.manifest.digest}`);
    await page.getByRole('button', { name: 'Delete image' }).click();
    await dialog().getByRole('button', { name: 'Delete image' }).click();
    await page.waitForURL(`${running.url}/n/${org}/r/team/app`);
    await page.goto(`${running.url}/n/${org}/trash`);
    await page.getByRole('button', { name: /^Purge now: / }).click();
    expect.soft(await takeScreenshots(page, 'trash-purge')).toEqual([]);
    await dialog().getByRole('button', { name: 'Purge for good' }).click();
    await page.getByText('The trash is empty').waitFor();
    expect(await isPulled('team/app', 'v1')).toBe(false);
    expect(await isPulled('tools', 'v1')).toBe(true);
  });

  test('a namespace is deleted, found in the list of namespaces, and restored', async () => {
    await page.goto(`${running.url}/n/${org}/settings`);
    await page.getByRole('button', { name: 'Delete namespace…' }).click();
    await dialog().getByRole('textbox').fill(org);
    expect.soft(await takeScreenshots(page, 'delete-namespace')).toEqual([]);
    await dialog().getByRole('button', { name: 'Delete namespace' }).click();
    await page.waitForURL(`${running.url}/`);
    expect(await isPulled('tools', 'v1')).toBe(false);
    await page.getByRole('button', { name: `Restore ${org}` }).waitFor();
    expect.soft(await takeScreenshots(page, 'trashed-namespaces')).toEqual([]);
    await page.getByRole('button', { name: `Restore ${org}` }).click();
    await page.getByRole('button', { name: `Restore ${org}` }).waitFor({ state: 'detached' });
    expect(await isPulled('tools', 'v1')).toBe(true);
  });

  test('an administrator brings back what somebody else deleted, and says why', async () => {
    await expectStatus(204, owner.call(`/namespaces/${org}/repositories/tools`, { method: 'DELETE' }));
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const helping = await context.newPage();
    helping.setDefaultTimeout(30_000);
    await helping.goto(`${running.url}/sign-in`);
    await helping.getByLabel('Username or e-mail').fill(administrator.username);
    await helping.getByRole('textbox', { name: 'Password' }).fill(administrator.password);
    await helping.getByRole('button', { name: 'Sign in', exact: true }).click();
    await helping.waitForURL(`${running.url}/`);
    await helping.goto(`${running.url}/admin/namespaces`);
    await helping.getByRole('link', { name: `Trash of ${org}` }).click();
    const restore = helping.getByRole('button', { name: `Restore ${org}/tools` });
    await restore.click();
    await helping.getByText('Say why first: it stands in the log').first().waitFor();
    await helping.getByLabel('Reason').fill('Ticket 4711: deleted by mistake');
    expect.soft(await takeScreenshots(helping, 'managed-trash')).toEqual([]);
    expect(await isPulled('tools', 'v1')).toBe(false);
    await restore.click();
    await restore.waitFor({ state: 'detached' });
    expect(await isPulled('tools', 'v1')).toBe(true);
    await helping.goto(`${running.url}/admin/namespaces`);
    await helping.getByRole('link', { name: `Trash of ${owner.username}` }).click();
    await helping.getByText('The trash is empty').waitFor();
    expect.soft(await takeScreenshots(helping, 'managed-trash-empty')).toEqual([]);
    await context.close();
  });

  test('no page had anything to say in the console', () => {
    expect(errors).toEqual([]);
  });
});
