import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { callApi, expectStatus, type Person, signUp } from '../../support/management-api.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { signInOn } from '../../support/signed-in-page.js';
import { totpCode } from '../../support/totp.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const captain = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };

describe.runIf(hasBrowser)('an administrator who helps somebody (J8)', () => {
  const running = useStowage({
    STOWAGE_ADMIN_USERNAME: captain.username,
    STOWAGE_ADMIN_EMAIL: captain.email,
    STOWAGE_ADMIN_PASSWORD: captain.password,
  });
  let browser: Browser;
  let page: Page;
  let sailor: Person;

  beforeAll(async () => {
    browser = await launchBrowser();
    sailor = await signUp(running.url, 'sailor');
    const made = await expectStatus(200, sailor.call(paths.totpKey, { method: 'POST' }));
    const { key } = made as { key: string };
    await expectStatus(200, sailor.call(paths.totp, { method: 'PUT', body: { key, code: totpCode(key) } }));
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    await signInOn(page, running.url, captain);
    await page.goto(`${running.url}/admin/users`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function choose(item: string): Promise<void> {
    await page.getByRole('button', { name: `Actions for ${sailor.username}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  test('acts as the user under a banner, and goes back', async () => {
    await choose('Act as this user');
    const dialog = page.getByRole('dialog', { name: 'Act as this user' });
    expect.soft(await takeScreenshots(page, 'acting-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: `Act as ${sailor.username}` }).click();
    await page.waitForURL(`${running.url}/`);
    const banner = page.getByRole('region', { name: 'Acting as somebody else' });
    await banner.getByText(`You act as ${sailor.username}`).waitFor();
    expect.soft(await takeScreenshots(page, 'acting')).toEqual([]);
    await page.reload();
    await banner.getByRole('button', { name: 'Back to captain' }).click();
    await page.waitForURL(`${running.url}/admin/users`);
    await page.getByRole('table', { name: 'Users' }).getByText(sailor.username, { exact: true }).waitFor();
    expect(await banner.count()).toBe(0);
  });

  test('resets the second factors of somebody who has lost them', async () => {
    await choose('Reset second factors');
    const dialog = page.getByRole('dialog', { name: 'Reset second factors' });
    await dialog.getByText('every session ends').waitFor();
    expect.soft(await takeScreenshots(page, 'reset-factors')).toEqual([]);
    await dialog.getByRole('button', { name: 'Reset second factors' }).click();
    await page.getByText('signs in with the password alone now').waitFor();
    const login = { login: sailor.username, password: sailor.password };
    expect((await callApi(running.url, paths.session, { body: login })).status).toBe(200);
  });

  test('is named in the log of the one that was helped', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    const events = page.getByRole('table', { name: 'Events' });
    await events.getByText('Began to act as').waitFor();
    await events.getByText('Stopped to act as').waitFor();
    expect(await events.getByText('Reset the second factors of').count()).toBe(1);
  });
});
