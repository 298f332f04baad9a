import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { createOrganization, expectStatus, type Person, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('a change of visibility', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let owner: Person;
  let org: string;
  let errors: readonly string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    owner = await signUp(running.url, 'visible');
    org = await createOrganization(owner, 'acme');
    const body = { name: 'app', visibility: 'public' };
    await expectStatus(201, owner.call(paths.repositories(org), { body }));
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

  test('says whose pulls end, and when, before it is saved', async () => {
    await page.goto(`${running.url}/n/${org}/r/app/-/settings`);
    const form = page.getByRole('form', { name: 'Repository settings' });
    const note = form.getByRole('alert');
    await form.getByRole('radio', { name: 'Public' }).waitFor();
    expect(await note.count()).toBe(0);
    await form.getByRole('radio', { name: 'Internal' }).check();
    await note.getByText('those of robots and jobs without access end within 30 seconds').waitFor();
    await form.getByRole('radio', { name: 'Private' }).check();
    await note.getByText('those of people, robots and jobs without access end within 30 seconds').waitFor();
    expect.soft(await takeScreenshots(page, 'visibility-change')).toEqual([]);
    await form.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Settings saved.').waitFor();
    await note.waitFor({ state: 'detached' });
    await form.getByRole('radio', { name: 'Public' }).check();
    await note.getByText('Every image in it becomes readable by everybody').waitFor();
  });

  test('of what a first push makes stands beside what else it makes (T8)', async () => {
    await page.goto(`${running.url}/n/${org}/settings`);
    const form = page.getByRole('form', { name: 'Namespace settings' });
    await form.getByText('The first push to a new name makes its repository').waitFor();
    await form.getByRole('radio', { name: 'Internal' }).check();
    expect.soft(await takeScreenshots(page, 'first-push-settings')).toEqual([]);
    await form.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Settings saved.').waitFor();
    expect(errors).toEqual([]);
  });
});
