import { readFile } from 'node:fs/promises';
import { paths } from '@stowage/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { callApi, type Person, signUp } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { totpCode } from '../../support/totp.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

/** One person's account as it gets and loses its second factors; each step stands on the one before. */
describe.runIf(hasBrowser)('second factors (A20)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let person: Person;
  let recoveryCodes: string[] = [];
  let usedCode = '';

  beforeAll(async () => {
    browser = await launchBrowser();
    person = await signUp(running.url, 'keeper');
    context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const session = await context.newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await typePassword();
    await page.waitForURL(`${running.url}/`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function typePassword(): Promise<void> {
    await page.goto(`${running.url}/sign-in`);
    await page.getByLabel('Username or e-mail').fill(person.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
  }

  /** A code works once, so the next one is waited for. */
  async function freshCode(key: string): Promise<string> {
    usedCode = await poll(() => [totpCode(key)].find((code) => code !== usedCode), {
      timeoutMs: 45_000,
      what: 'the next code',
    });
    return usedCode;
  }

  const panel = () => page.getByRole('region', { name: 'Second factors' });
  let key = '';

  test('an authenticator app is set up with a QR code, and recovery codes are kept', { timeout: 150_000 }, async () => {
    await page.goto(`${running.url}/account`);
    await panel().getByText('Authenticator app').waitFor();
    expect.soft(await takeScreenshots(page, 'factors-none')).toEqual([]);
    await panel().getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' });
    await dialog.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    key = (await dialog.locator('pre').getAttribute('data-command')) ?? '';
    await dialog.getByLabel('Code that the app shows').fill('000000');
    await dialog.getByRole('button', { name: 'Switch on' }).click();
    await dialog.getByText('This code is wrong').waitFor();
    expect.soft(await takeScreenshots(page, 'factors-totp')).toEqual([]);
    await dialog.getByLabel('Code that the app shows').fill(await freshCode(key));
    await dialog.getByRole('button', { name: 'Switch on' }).click();
    const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' });
    await codes.getByRole('listitem').nth(9).waitFor();
    recoveryCodes = await codes.getByRole('listitem').allTextContents();
    expect(recoveryCodes).toHaveLength(10);
    expect.soft(await takeScreenshots(page, 'factors-codes')).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      codes.getByRole('link', { name: 'Save as a file' }).click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    expect(recoveryCodes.every((code) => file.includes(code))).toBe(true);
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await panel().getByText('10 of 10 left').waitFor();
  });

  test('the sign-in page asks for the code, and takes a recovery code in its place', { timeout: 150_000 }, async () => {
    await signOut();
    await typePassword();
    await page.getByText('Your password is right').waitFor();
    expect.soft(await takeScreenshots(page, 'factors-sign-in')).toEqual([]);
    const code = page.getByLabel('Code of your authenticator app');
    await code.fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('This code is wrong').waitFor();
    await code.fill(await freshCode(key));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${running.url}/`);
    await signOut();
    await typePassword();
    await page.getByLabel('Code of your authenticator app').fill(recoveryCodes[0] ?? '');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${running.url}/`);
  });

  test('a passkey is added, and signs in without a password', async () => {
    await page.goto(`${running.url}/account`);
    await panel().getByText('9 of 10 left').waitFor();
    await panel().getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Work laptop');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Work laptop' });
    await row.getByText('Never').waitFor();
    expect.soft(await takeScreenshots(page, 'factors-all')).toEqual([]);
    await signOut();
    expect.soft(await takeScreenshots(page, 'sign-in-passkey')).toEqual([]);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL(`${running.url}/`);
    await page.goto(`${running.url}/account`);
    await row.waitFor();
    expect(await row.getByText('Never').count()).toBe(0);
  });

  test('the passkey stands in for the code after the password', async () => {
    await signOut();
    await typePassword();
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await page.waitForURL(`${running.url}/`);
    await page.getByRole('button', { name: 'Account menu' }).click();
    expect(await page.getByRole('menu').innerText()).toContain(person.username);
  });

  test('a proof is asked for again when the sign-in is long ago, and the change goes on', async () => {
    await page.goto(`${running.url}/account`);
    await panel().getByText('9 of 10 left').waitFor();
    // What the server says after ten minutes; that it says so is proved beside the database.
    let refusals = 0;
    await page.route(`**${paths.recoveryCodes}`, async (route) => {
      refusals += 1;
      if (refusals > 1) return route.continue();
      const problem = {
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        detail: '',
        reason: 'confirmation-needed',
      };
      return route.fulfill({ status: 403, contentType: 'application/problem+json', json: problem });
    });
    await panel().getByRole('button', { name: 'Make new ones' }).click();
    await page
      .getByRole('dialog', { name: 'Make new recovery codes' })
      .getByRole('button', { name: 'Make new codes' })
      .click();
    const confirmation = page.getByRole('dialog', { name: 'Is it still you?' });
    await confirmation.getByRole('textbox', { name: 'Your password' }).fill('not it at all');
    await confirmation.getByRole('button', { name: 'Go on' }).click();
    await confirmation.getByText('This is not your password').waitFor();
    expect.soft(await takeScreenshots(page, 'confirmation')).toEqual([]);
    // Who signs in with a provider may know none.
    await confirmation.getByRole('button', { name: 'Use a code instead' }).click();
    await confirmation.getByLabel('Code of your authenticator app').fill('000000');
    await confirmation.getByRole('button', { name: 'Go on' }).click();
    await confirmation.getByText('This code is wrong').waitFor();
    expect.soft(await takeScreenshots(page, 'confirmation-code')).toEqual([]);
    await confirmation.getByRole('button', { name: 'Use your passkey' }).click();
    await page
      .getByRole('dialog', { name: 'Keep your recovery codes' })
      .getByRole('button', { name: 'I have kept them' })
      .click();
    await panel().getByText('10 of 10 left').waitFor();
    expect(refusals).toBe(2);
  });

  test('both are taken away again, and the password alone is enough', async () => {
    await page.getByRole('button', { name: 'Rename Work laptop' }).click();
    const rename = page.getByRole('dialog', { name: 'Rename passkey' });
    await rename.getByRole('textbox', { name: 'Name' }).fill('Old laptop');
    await rename.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Remove Old laptop' }).click();
    await page.getByRole('dialog', { name: 'Remove passkey' }).getByRole('button', { name: 'Remove passkey' }).click();
    await page.getByRole('row').filter({ hasText: 'Old laptop' }).waitFor({ state: 'detached' });
    await panel().getByRole('button', { name: 'Switch off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Switch off the authenticator app' });
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await panel().getByRole('button', { name: 'Set up' }).waitFor();
    const login = { login: person.username, password: person.password };
    expect((await callApi(running.url, paths.session, { body: login })).status).toBe(200);
  });
});
