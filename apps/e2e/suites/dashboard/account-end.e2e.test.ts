import { readFile } from 'node:fs/promises';
import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { callApi, createOrganization, type Person, putMember, signUp } from '../../support/management-api.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

/** Each step stands on the one before. */
describe.runIf(hasBrowser)('somebody who leaves (T11)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let leaver: Person;
  let organization: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    leaver = await signUp(running.url, 'leaver');
    organization = await createOrganization(leaver);
    const repositories = paths.repositories(leaver.username);
    expect((await leaver.call(repositories, { body: { name: 'app' } })).status).toBe(201);
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signInOn(page, running.url, leaver);
    await page.goto(`${running.url}/account`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('saves everything that is kept about them', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save my data' }).click(),
    ]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as { account: { email: string } };
    expect(file.account.email).toBe(leaver.email);
  });

  test('is told which organisation would be nobody’s', async () => {
    await page.getByRole('button', { name: 'Delete my account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete account' });
    await dialog.getByRole('link', { name: `Members of ${organization}` }).waitFor();
    expect.soft(await takeScreenshots(page, 'account-end-refused')).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('sees what goes, types their name and is gone', async () => {
    const heir = await signUp(running.url, 'heir');
    await putMember(leaver, organization, heir, 'owner');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete account' });
    await dialog.getByText('1 repository').waitFor();
    const name = dialog.getByRole('textbox', { name: `Type ${leaver.username}` });
    await name.fill('somebody');
    await dialog.getByRole('button', { name: 'Delete account' }).click();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect.soft(await takeScreenshots(page, 'account-end')).toEqual([]);
    await name.fill(leaver.username);
    await dialog.getByRole('button', { name: 'Delete account' }).click();
    await page.waitForURL(/sign-in/);
    const login = { login: leaver.username, password: leaver.password };
    expect((await callApi(running.url, paths.session, { body: login })).status).toBe(401);
    expect((await heir.call(paths.namespace(organization))).status).toBe(200);
  });
});
