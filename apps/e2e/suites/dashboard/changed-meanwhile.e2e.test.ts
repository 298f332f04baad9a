import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { type Person, signUp } from '../../support/management-api.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('settings that somebody else changes meanwhile (X1)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let person: Person;

  beforeAll(async () => {
    browser = await launchBrowser();
    person = await signUp(running.url, 'editor');
    expect((await person.call(paths.repositories(person.username), { body: { name: 'app' } })).status).toBe(201);
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signInOn(page, running.url, person);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test.each([
    {
      what: 'a namespace',
      page: () => `/n/${person.username}/settings`,
      path: () => paths.namespace(person.username),
      form: 'Namespace settings',
      label: 'Display name',
      field: 'displayName',
    },
    {
      what: 'a repository',
      page: () => `/n/${person.username}/r/app/-/settings`,
      path: () => paths.repository(person.username, 'app'),
      form: 'Repository settings',
      label: 'Description',
      field: 'description',
    },
  ])('of $what are not overwritten, and can be loaded again', async (settings) => {
    const now = async () => (await person.call(settings.path())).body as Record<string, unknown>;
    await page.goto(`${running.url}${settings.page()}`);
    const form = page.getByRole('form', { name: settings.form });
    const field = form.getByRole('textbox', { name: settings.label });
    await field.fill('Typed here');
    const theirs = { method: 'PATCH', body: { [settings.field]: 'Changed there' } } as const;
    expect((await person.call(settings.path(), theirs)).status).toBe(200);
    await form.getByRole('button', { name: 'Save changes' }).click();
    await form.getByText('Somebody else has changed these settings').waitFor();
    expect(await now()).toMatchObject({ [settings.field]: 'Changed there' });
    expect(await field.inputValue()).toBe('Typed here');
    expect.soft(await takeScreenshots(page, `changed-meanwhile-${settings.field}`)).toEqual([]);
    await form.getByRole('button', { name: 'Load the settings again' }).click();
    await expect.poll(() => field.inputValue()).toBe('Changed there');
    for (const text of ['Typed after that', 'And once more']) {
      await field.fill(text);
      await form.getByRole('button', { name: 'Save changes' }).click();
      await expect.poll(now).toMatchObject({ [settings.field]: text });
      await expect.poll(() => form.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    }
  });
});
