import { paths } from '@stowage/contracts';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { administrator, administratorEnvironment } from '../../support/administrator.js';
import { launchBrowser } from '../../support/browser.js';
import { expectStatus, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { randomName } from '../../support/random.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('what the operator tells everybody (U9)', () => {
  const running = useStowage(administratorEnvironment);
  const username = randomName('reader');
  let browser: Browser;
  let page: Page;
  let publicPage: string;
  let errors: (readonly string[])[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await visitor();
    const owner = await signUp(running.url, 'owner');
    const body = { name: 'app', visibility: 'public' };
    await expectStatus(201, owner.call(paths.repositories(owner.username), { body }));
    publicPage = `${running.url}/n/${owner.username}/r/app`;
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** Somebody whom the registry has not seen before. */
  async function visitor(): Promise<Page> {
    const fresh = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    fresh.setDefaultTimeout(30_000);
    errors = [...errors, watchForErrors(fresh)];
    return fresh;
  }

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('is nothing before an administrator has written it, and is refused beside the field', async () => {
    expect((await fetch(`${running.url}/.well-known/security.txt`)).status).toBe(404);
    await page.goto(`${running.url}/sign-in?next=/admin/notices`);
    await page.getByLabel('Username or e-mail').fill(administrator.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(administrator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${running.url}/admin/notices`);
    const terms = page.getByRole('radiogroup', { name: 'Terms of service' });
    await terms.getByLabel('A text that is kept here').check();
    await page.getByLabel('Text (terms of service)').fill('Be kind.\n\nShip what you would pull.');
    await page.getByLabel('Abuse contact').fill('nobody');
    await page.getByRole('button', { name: 'Save notices' }).click();
    await page.getByText('Name the version, such as its date').waitFor();
    await page.getByText('An e-mail address, or the address of a page').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-notices-refused')).toEqual([]);
  });

  test('is there for everybody as soon as it is saved', async () => {
    await page.getByLabel('Version').fill('2026-11');
    const privacy = page.getByRole('radiogroup', { name: 'Privacy notice' });
    await privacy.getByLabel('A page elsewhere').check();
    await page.getByLabel('Address of the page (privacy notice)').fill('https://example.com/privacy');
    await page.getByLabel('Abuse contact').fill('abuse@example.com');
    await page.getByLabel('Status page').fill('https://status.example.com');
    await page.getByLabel('Contacts').fill('security@example.com');
    await page.getByLabel('Valid through').fill('2100-01-01');
    await page.getByRole('button', { name: 'Save notices' }).click();
    await page.getByText('Everybody is told so from now on').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-notices')).toEqual([]);
    const file = await (await fetch(`${running.url}/.well-known/security.txt`)).text();
    expect(file).toContain('Contact: mailto:security@example.com\nExpires: 2100-01-01T23:59:59.000Z\n');
    await page.getByRole('link', { name: 'Terms of service' }).click();
    await page.getByText('Ship what you would pull.').waitFor();
    expect.soft(await takeScreenshots(page, 'legal-terms')).toEqual([]);
    await page.goto(`${running.url}/legal/privacy`);
    await page.getByText('Nothing is stowed here').waitFor();
  });

  test('is accepted by whoever signs up', async () => {
    page = await visitor();
    await page.goto(`${running.url}/sign-up`);
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('E-mail').fill(`${username}@example.com`);
    await page.getByRole('textbox', { name: 'Password' }).fill('reader likes terms');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('An account needs your agreement').waitFor();
    expect.soft(await takeScreenshots(page, 'sign-up-terms')).toEqual([]);
    await page.getByRole('checkbox', { name: /I accept the terms of service/ }).check();
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(`${running.url}/n/${username}/get-started`);
  });

  test('lets everybody report a public repository', async () => {
    page = await visitor();
    await page.goto(publicPage);
    const report = page.locator('p').getByRole('link', { name: 'Report abuse' });
    expect(await report.getAttribute('href')).toMatch(/^mailto:abuse@example\.com\?subject=Abuse%20in/);
    expect.soft(await takeScreenshots(page, 'repository-report-abuse')).toEqual([]);
    expect(errors.flat()).toEqual([]);
  });
});
