import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { type Person, signUp } from '../../support/management-api.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

/** Each step stands on the one before. */
describe.runIf(hasBrowser)('somebody who gets another name (T11)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let person: Person;
  let partner: Person;

  beforeAll(async () => {
    browser = await launchBrowser();
    [person, partner] = [await signUp(running.url, 'maiden'), await signUp(running.url, 'partner')];
    const made = await person.call(paths.repositories(person.username), { body: { name: 'app' } });
    expect(made.status).toBe(201);
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signInOn(page, running.url, person);
    await page.goto(`${running.url}/account`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('is told what changes, and whose name it can’t be', async () => {
    await page.getByRole('button', { name: 'Change username' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change username' });
    const name = dialog.getByRole('textbox', { name: 'New username' });
    await name.fill(partner.username);
    await dialog.getByRole('button', { name: 'Change username' }).click();
    await dialog.getByText('This name is taken').waitFor();
    await name.fill(`${person.username}-new`);
    await dialog.getByText(`${person.username}-new/…`).waitFor();
    expect.soft(await takeScreenshots(page, 'account-rename')).toEqual([]);
    await dialog.getByRole('button', { name: 'Change username' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: `${person.username}-new` }).waitFor();
    const repository = await person.call(`${paths.repositories(person.username)}/app`);
    expect(repository.status).toBe(200);
  });

  test('hands the name with all its images over to an organisation', async () => {
    const name = `${person.username}-new`;
    await page.getByRole('button', { name: 'Make an organisation' }).click();
    const dialog = page.getByRole('dialog', { name: `Make an organisation of ${name}` });
    await dialog.getByRole('button', { name: 'Make an organisation' }).click();
    await dialog.getByText('Name somebody else').waitFor();
    await dialog.getByRole('textbox', { name: 'Your new username' }).fill(`${person.username}-again`);
    await dialog.getByRole('textbox', { name: 'Owners' }).fill(partner.username);
    await dialog.getByRole('combobox', { name: `You in ${name}` }).selectOption('maintainer');
    expect.soft(await takeScreenshots(page, 'account-to-organisation')).toEqual([]);
    await dialog.getByRole('button', { name: 'Make an organisation' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: `${person.username}-again` }).waitFor();
    expect.soft(await takeScreenshots(page, 'account-names')).toEqual([]);
    const organisation = await partner.call(paths.namespace(name));
    expect(organisation.body).toMatchObject({ kind: 'organization', role: 'owner', repositoryCount: 1 });
  });
});
