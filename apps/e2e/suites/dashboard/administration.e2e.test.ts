import { readFile } from 'node:fs/promises';
import { paths } from '@stowage/contracts';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { callApi, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { randomName } from '../../support/random.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const captain = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };

describe.runIf(hasBrowser)('an administrator (J8)', () => {
  const running = useStowage({
    STOWAGE_ADMIN_USERNAME: captain.username,
    STOWAGE_ADMIN_EMAIL: captain.email,
    STOWAGE_ADMIN_PASSWORD: captain.password,
  });
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];
  let sailor: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    for (let joined = 0; joined < 5; joined += 1) sailor = (await signUp(running.url, 'sailor')).username;
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(15_000);
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

  const rowOf = (username: string) => page.getByRole('row').filter({ hasText: username });

  async function choose(username: string, item: string): Promise<void> {
    await page.getByRole('button', { name: `Actions for ${username}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  test('finds a user, disables the account and enables it again', async () => {
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Administration' }).click();
    await page.waitForURL(`${running.url}/admin/overview`);
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await page.getByRole('table', { name: 'Users' }).getByText(sailor, { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-users'), 'scrolls sideways, or shuts somebody out').toEqual([]);
    await page.getByLabel('Search users').fill(sailor);
    await expect.poll(() => page.getByRole('row').count(), { timeout: 15_000 }).toBe(2);
    await choose(sailor, 'Disable account');
    await page.getByRole('dialog').getByRole('button', { name: 'Disable account' }).click();
    await rowOf(sailor).getByText('Disabled', { exact: true }).waitFor();
    const login = { login: sailor, password: `${sailor} likes ships` };
    expect((await callApi(running.url, '/session', { body: login })).status).toBe(401);
    await choose(sailor, 'Enable account');
    await page.getByRole('dialog').getByRole('button', { name: 'Enable account' }).click();
    await rowOf(sailor).getByText('Member', { exact: true }).waitFor();
    expect((await callApi(running.url, '/session', { body: login })).status).toBe(200);
  });

  test('makes somebody an administrator too', async () => {
    await choose(sailor, 'Make administrator');
    const dialog = page.getByRole('dialog', { name: 'Make administrator' });
    await dialog.getByText('may change every user').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-promote')).toEqual([]);
    await dialog.getByRole('button', { name: 'Make administrator' }).click();
    await rowOf(sailor).getByText('Administrator', { exact: true }).waitFor();
  });

  test('searches for nobody and is told so', async () => {
    await page.getByLabel('Search users').fill('no such sailor');
    await page.getByText('Nobody found').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-users-none')).toEqual([]);
  });

  test('sees every namespace, and gives one less room', async () => {
    await page.getByRole('link', { name: 'Namespaces', exact: true }).click();
    const namespaces = page.getByRole('table', { name: 'Namespaces' });
    await namespaces.getByText(sailor, { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-namespaces')).toEqual([]);
    await page.getByLabel('Search namespaces').fill(sailor);
    await expect.poll(() => page.getByRole('row').count(), { timeout: 15_000 }).toBe(2);
    await page.getByRole('button', { name: `Change limits of ${sailor}` }).click();
    const dialog = page.getByRole('dialog', { name: `Limits of ${sailor}` });
    await dialog.getByLabel('Storage: which limit').selectOption('Its own limit');
    await dialog.getByRole('textbox', { name: 'Storage' }).fill('lots');
    await dialog.getByRole('button', { name: 'Set limits' }).click();
    await dialog.getByText('A number such as 10 or 1.5').waitFor();
    await dialog.getByRole('textbox', { name: 'Storage' }).fill('1.5');
    await dialog.getByLabel('Storage: unit').selectOption('TiB');
    await dialog.getByLabel('Robots: which limit').selectOption('Its own limit');
    await dialog.getByRole('textbox', { name: 'Robots' }).fill('0');
    expect.soft(await takeScreenshots(page, 'admin-quota')).toEqual([]);
    await dialog.getByRole('button', { name: 'Set limits' }).click();
    await rowOf(sailor).getByText('1.5 TiB').waitFor();
  });

  test('finds new owners for a namespace whose own are gone', async () => {
    const founder = await signUp(running.url, 'founder');
    const orphan = randomName('orphan');
    await founder.call(paths.namespaces, { body: { name: orphan } });
    await page.getByLabel('Search namespaces').fill(orphan);
    await page.getByRole('button', { name: `New owner of ${orphan}` }).click();
    const dialog = page.getByRole('dialog', { name: 'New owner' });
    await expect.poll(() => dialog.getByLabel('Account').inputValue()).toBe(captain.username);
    expect.soft(await takeScreenshots(page, 'admin-new-owner')).toEqual([]);
    await dialog.getByLabel('Account').fill(sailor);
    await dialog.getByRole('button', { name: 'Make owner' }).click();
    await rowOf(orphan)
      .getByText(`Owned by ${[founder.username, sailor].toSorted().join(', ')}`)
      .waitFor();
  });

  test('keeps addresses of throw-away mail out', async () => {
    await page.getByRole('link', { name: 'Sign-up', exact: true }).click();
    await page.getByRole('button', { name: 'Add to the blocked domains' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add blocked domains' });
    await dialog.getByLabel('Domains', { exact: true }).fill('trash.example\nlocalhost');
    await dialog.getByRole('button', { name: 'Add to the list' }).click();
    await dialog.getByText('No domains: localhost').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-domains-add')).toEqual([]);
    await dialog.getByLabel('A file of domains').setInputFiles({
      name: 'disposable.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('# services for throw-away mail\ntrash.example\n@spam.example\n'),
    });
    await expect.poll(() => dialog.getByLabel('Domains', { exact: true }).inputValue()).toContain('@spam.example');
    await dialog.getByRole('button', { name: 'Add to the list' }).click();
    const blocked = page.getByRole('list', { name: 'Blocked domains of addresses' });
    await blocked.getByText('spam.example').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-sign-up-domains')).toEqual([]);
    const account = { username: randomName('thrown'), email: 'a@mail.trash.example', password: 'thrown likes ships' };
    expect((await callApi(running.url, paths.accounts, { body: account })).status).toBe(400);
    await page.getByRole('button', { name: 'Take trash.example off the list' }).click();
    await blocked.getByText('trash.example').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Namespaces', exact: true }).click();
  });

  test('makes a plan, puts a namespace on it, and makes it the default', async () => {
    await page.getByRole('link', { name: 'Plans', exact: true }).click();
    const plans = page.getByRole('table', { name: 'Plans' });
    await plans.getByText('standard', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New plan' }).click();
    const dialog = page.getByRole('dialog', { name: 'New plan' });
    await dialog.getByLabel('Name').fill('crew');
    await dialog.getByLabel('Description').fill('For those who sail together');
    await dialog.getByRole('textbox', { name: 'Members' }).fill('no');
    await dialog.getByRole('button', { name: 'Make the plan' }).click();
    await dialog.getByText('A number, 1 or more').waitFor();
    await dialog.getByRole('textbox', { name: 'Members' }).fill('25');
    expect.soft(await takeScreenshots(page, 'admin-plan')).toEqual([]);
    await dialog.getByRole('button', { name: 'Make the plan' }).click();
    await dialog.waitFor({ state: 'detached' });
    await choose('crew', 'Make it the default');
    await rowOf('crew').getByText('Default', { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-plans')).toEqual([]);
    await page.getByRole('link', { name: 'Namespaces', exact: true }).click();
    await page.getByLabel('Search namespaces').fill(sailor);
    await page.getByRole('button', { name: `Change limits of ${sailor}` }).click();
    const limits = page.getByRole('dialog', { name: `Limits of ${sailor}` });
    await limits.getByLabel('Plan', { exact: true }).selectOption('crew');
    await limits.getByLabel('Storage: which limit').selectOption('As the plan: 10 GiB');
    await limits.getByRole('button', { name: 'Set limits' }).click();
    await rowOf(sailor).getByText('crew', { exact: true }).waitFor();
    await rowOf(sailor).getByText('10 GiB').waitFor();
  });

  test('sees the signing keys, rotates, and removes one that has leaked', async () => {
    await page.getByRole('link', { name: 'Signing keys' }).click();
    const keys = page.getByRole('table', { name: 'Signing keys' });
    await keys.getByText('Signing', { exact: true }).waitFor();
    await keys.getByText('Next', { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-signing-keys')).toEqual([]);
    await page.getByRole('button', { name: 'Rotate now' }).click();
    await page.getByText('The next key takes over').waitFor();
    const signing = keys.getByRole('row').filter({ hasText: 'Signing' });
    const kid = await signing.locator('code').getAttribute('title');
    await signing.getByRole('button').click();
    await page.getByRole('dialog', { name: 'Remove signing key' }).getByRole('button', { name: 'Remove key' }).click();
    await page.getByText('The key is removed').waitFor();
    await keys.locator(`code[title="${kid}"]`).waitFor({ state: 'detached' });
    await keys.getByText('Next', { exact: true }).waitFor();
    expect(await keys.getByRole('row').count()).toBeGreaterThan(2);
  });

  test('sees what everybody did, narrows it and saves it as a file', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    const events = page.getByRole('table', { name: 'Events' });
    await events.getByText('Removed the signing key').waitFor();
    // The first seal is closed within seconds of the start.
    await expect
      .poll(() => page.getByRole('button', { name: 'Verify the log' }).isEnabled(), { timeout: 60_000 })
      .toBe(true);
    await page.getByRole('button', { name: 'Verify the log' }).click();
    await page.getByText('The log is whole').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-audit')).toEqual([]);
    await page.getByLabel('About').selectOption('user');
    await page.getByLabel('Name contains').fill(sailor);
    await events.getByText('Removed the signing key').waitFor({ state: 'detached' });
    await events.getByText('Disabled the account').waitFor();
    // What is typed counts a moment later.
    await page.locator(`a[href*="target=${sailor}"]`).first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('at,action,actor,actorKind,credentialId,address,namespace,target,detail');
    expect(lines.slice(1).every((line) => line.includes(sailor))).toBe(true);
    await page.getByLabel('By').fill('nobody-here');
    await page.getByText('No such event').waitFor();
  });

  test('goes from page to page on a narrow screen', async () => {
    const pages = page.getByRole('navigation', { name: 'Administration' });
    await page.goto(`${running.url}/admin/users`);
    await page.setViewportSize({ width: 390, height: 844 });
    await pages.getByRole('link', { name: 'Signing keys' }).waitFor({ state: 'hidden' });
    await pages.getByRole('button', { name: 'All pages' }).click();
    await pages.getByRole('link', { name: 'Signing keys' }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-pages')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await pages.getByRole('link', { name: 'Signing keys' }).click();
    await page.waitForURL(`${running.url}/admin/signing-keys`);
    await pages.getByRole('link', { name: 'Users' }).waitFor({ state: 'hidden' });
    expect(await pages.getByRole('link').allTextContents()).toEqual(['Signing keys']);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('shows others that there is no such page', async () => {
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(`${running.url}/sign-up`);
    await stranger.getByLabel('Username').fill('stowaway');
    await stranger.getByLabel('E-mail').fill('stowaway@example.com');
    await stranger.getByRole('textbox', { name: 'Password' }).fill('stowaway likes ships');
    await stranger.getByRole('button', { name: 'Create account' }).click();
    await stranger.waitForURL(/get-started/);
    await stranger.goto(`${running.url}/admin/users`);
    await stranger.getByText('Nothing is stowed here').waitFor();
    await other.close();
    expect(errors).toEqual([]);
  });
});
