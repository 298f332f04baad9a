import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { anImage } from '../../support/images.js';
import { createOrganization, type Person, putMember, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { RegistryClient } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('the robots of a namespace (J5)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let owner: Person;
  let org: string;
  let errors: readonly string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    owner = await signUp(running.url, 'robots');
    org = await createOrganization(owner, 'acme');
    await new RegistryClient(running.url, { username: owner.username, secret: owner.token }).pushImage(
      `${org}/team/app`,
      'v1',
      await anImage(),
    );
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(15_000);
    errors = watchForErrors(page);
    await signIn(owner);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function signIn(person: Person): Promise<void> {
    await signInOn(page, running.url, person);
  }

  async function choose(login: string, item: string): Promise<void> {
    await page.getByRole('button', { name: `Actions for ${login}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  const dialog = () => page.getByRole('dialog');
  let secret: string;

  test('are none at first, and the page says what they are for', async () => {
    await page.goto(`${running.url}/n/${org}`);
    await page.getByRole('link', { name: 'Robots' }).click();
    await page.getByText('No robots yet').waitFor();
    expect.soft(await takeScreenshots(page, 'robots-none')).toEqual([]);
  });

  test('is made with rights on a folder, and its secret is shown once', async () => {
    await page.getByRole('button', { name: 'New robot' }).click();
    await dialog().getByLabel('Name', { exact: true }).fill('Robot$CI');
    await dialog().getByLabel('Repositories 1').fill('te*m');
    await dialog().getByRole('button', { name: 'Create robot' }).click();
    await dialog().getByText('Lower-case letters and digits').waitFor();
    await dialog().getByText('Write a name').waitFor();
    expect.soft(await takeScreenshots(page, 'robots-form-wrong')).toEqual([]);
    await dialog().getByLabel('Name', { exact: true }).fill('ci-deploy');
    await dialog().getByLabel('Description').fill('Builds on the main branch');
    await dialog().getByLabel('Repositories 1').fill('team/*');
    await dialog().getByRole('group', { name: 'Rights 1' }).getByLabel('Push').check();
    expect.soft(await takeScreenshots(page, 'robots-form')).toEqual([]);
    await dialog().getByRole('button', { name: 'Create robot' }).click();
    const shown = dialog().getByRole('figure', { name: 'Robot secret' }).locator('[data-command]');
    await shown.waitFor();
    secret = (await shown.getAttribute('data-command')) ?? '';
    expect(secret).toMatch(/^stw_bot_/);
    expect.soft(await takeScreenshots(page, 'robots-secret')).toEqual([]);
    await dialog().getByRole('button', { name: 'Done' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
  });

  test('is listed with what it may and when it was used', async () => {
    const client = new RegistryClient(running.url, { username: `${org}.ci-deploy`, secret });
    expect((await client.getManifest(`${org}/team/app`, 'v1')).status).toBe(200);
    const body = { name: 'scanner', grants: [{ repository: `${org}/*`, actions: ['pull'] }], expiresInDays: 7 };
    await owner.call(paths.robots(org), { body });
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: `${org}.ci-deploy` });
    await row.getByText('from 127.0.0.1').waitFor();
    await row.getByText(`${org}/team/*`).waitFor();
    expect.soft(await takeScreenshots(page, 'robots')).toEqual([]);
  });

  test('is found by what its name contains, and by its last use (X1)', async () => {
    const names = async () => {
      const texts = await page
        .getByRole('row')
        .filter({ hasText: `${org}.` })
        .allInnerTexts();
      return texts.map((text) => /\.(ci-deploy|scanner)/.exec(text)?.[1]);
    };
    const order = page.getByRole('combobox', { name: 'Order' });
    await order.selectOption('lastUsedAt');
    await expect.poll(names).toEqual(['scanner', 'ci-deploy']);
    await order.selectOption('-lastUsedAt');
    await expect.poll(names).toEqual(['ci-deploy', 'scanner']);
    const filter = page.getByRole('searchbox', { name: 'Filter robots' });
    await filter.fill('SCAN');
    await expect.poll(names).toEqual(['scanner']);
    await filter.fill('nobody');
    await page.getByText('No robot matches “nobody”.').waitFor();
    expect.soft(await takeScreenshots(page, 'robots-no-match')).toEqual([]);
    await filter.fill('');
    await expect.poll(names).toHaveLength(2);
  });

  test('gets another secret, and the old one is taken back', async () => {
    await choose(`${org}.ci-deploy`, 'Secrets');
    await dialog().getByRole('button', { name: 'New secret' }).click();
    await dialog().getByRole('figure', { name: 'Robot secret' }).waitFor();
    await dialog().getByRole('button', { name: 'I have copied it' }).click();
    const secrets = dialog().getByRole('list', { name: 'Secrets' }).getByRole('listitem');
    await expect.poll(() => secrets.count(), { timeout: 15_000 }).toBe(2);
    expect(await dialog().getByRole('button', { name: 'New secret' }).isDisabled()).toBe(true);
    await secrets.first().getByRole('button', { name: 'Take back' }).click();
    expect.soft(await takeScreenshots(page, 'robots-secrets')).toEqual([]);
    await secrets.first().getByRole('button', { name: 'Take back for good' }).click();
    await expect.poll(() => secrets.count(), { timeout: 15_000 }).toBe(1);
    await dialog().getByRole('button', { name: 'Done' }).click();
    const client = new RegistryClient(running.url, { username: `${org}.ci-deploy`, secret });
    await expect(client.tokenFor(`repository:${org}/team/app:pull`)).rejects.toThrow('no token: 401');
  });

  test('is given other rights, disabled, enabled and deleted', async () => {
    const row = page.getByRole('row').filter({ hasText: `${org}.scanner` });
    await choose(`${org}.scanner`, 'Change rights');
    await dialog().getByRole('button', { name: 'Add repositories' }).click();
    await dialog().getByLabel('Repositories 2').fill('team/app');
    await dialog().getByRole('group', { name: 'Rights 2' }).getByLabel('Delete').check();
    expect.soft(await takeScreenshots(page, 'robots-edit')).toEqual([]);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await row.getByText('pull, delete').waitFor();
    await choose(`${org}.scanner`, 'Disable');
    await dialog().getByRole('button', { name: 'Disable robot' }).click();
    await row.getByText('Disabled', { exact: true }).waitFor();
    await choose(`${org}.scanner`, 'Enable');
    await dialog().getByRole('button', { name: 'Enable robot' }).click();
    await row.getByText('Disabled', { exact: true }).waitFor({ state: 'detached' });
    await choose(`${org}.scanner`, 'Delete');
    await dialog().getByRole('button', { name: 'Delete robot' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('are offered to maintainers and not to developers', async () => {
    const developer = await signUp(running.url, 'developer');
    await putMember(owner, org, developer, 'developer');
    await page.context().clearCookies();
    await signIn(developer);
    await page.goto(`${running.url}/n/${org}`);
    await page.getByRole('link', { name: 'Members' }).waitFor();
    expect(await page.getByRole('link', { name: 'Robots' }).count()).toBe(0);
    await putMember(owner, org, developer, 'maintainer');
    await page.reload();
    await page.getByRole('link', { name: 'Robots' }).click();
    await page.getByText(`${org}.ci-deploy`, { exact: true }).waitFor();
  });

  test('nothing went wrong on any page', () => {
    expect(errors).toEqual([]);
  });
});
