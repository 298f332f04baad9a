import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { linkIn, type MailServer, startMailServer } from '../../support/mail-server.js';
import { callApi, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const captain = { username: 'captain', email: 'captain@example.com', password: 'captain likes ships' };
const administrator = {
  STOWAGE_ADMIN_USERNAME: captain.username,
  STOWAGE_ADMIN_EMAIL: captain.email,
  STOWAGE_ADMIN_PASSWORD: captain.password,
};
const NEW_PASSWORD = 'ships at night sail';

async function signIn(page: Page, url: string, person: { username: string; password: string }): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Username or e-mail').fill(person.username);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/`);
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30_000);
  return page;
}

const canSignIn = async (url: string, login: string, password: string) =>
  (await callApi(url, '/session', { body: { login, password } })).status === 200;

describe.runIf(hasBrowser)('with a mail server', () => {
  let mail: MailServer;
  beforeAll(async () => {
    mail = await startMailServer();
  });
  const running = useStowage(() => ({
    ...administrator,
    STOWAGE_SMTP_URL: mail.url,
    STOWAGE_MAIL_FROM: 'Stowage <registry@example.com>',
  }));
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await openPage(browser);
    errors = watchForErrors(page);
  });

  afterAll(async () => {
    await browser?.close();
    await mail.stop();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('somebody who signs up confirms the address with the letter that comes', async () => {
    await page.goto(`${running.url}/sign-up`);
    await page.getByLabel('Username').fill('sailor');
    await page.getByLabel('E-mail').fill('sailor@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('sailor likes ships');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(/get-started/);
    await page.goto(`${running.url}/account`);
    await page.getByText('Not confirmed').waitFor();
    expect.soft(await takeScreenshots(page, 'account-address')).toEqual([]);
    const link = linkIn(await mail.letterTo('sailor@example.com', 'Confirm your e-mail address'));
    expect(link.startsWith(`${running.url}/verify-email#`)).toBe(true);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Confirm your e-mail address' }).waitFor();
    expect.soft(await takeScreenshots(page, 'verify-email')).toEqual([]);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('sailor@example.com is the address of sailor').waitFor();
    await page.goto(`${running.url}/account`);
    await page.getByText('Confirmed', { exact: true }).waitFor();
  });

  test('changes the address: the new one is asked, the old one is told', async () => {
    await page.getByLabel('New e-mail address').fill('sailor@example.org');
    await page.getByRole('button', { name: 'Change address' }).click();
    await page.getByText('It becomes sailor@example.org').waitFor();
    expect.soft(await takeScreenshots(page, 'account-address-pending')).toEqual([]);
    await page.goto(linkIn(await mail.letterTo('sailor@example.org', 'Confirm your new e-mail address')));
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('sailor@example.org is the address of sailor').waitFor();
    const notice = await mail.letterTo('sailor@example.com', 'Your e-mail address was changed');
    expect(notice.text).toContain('sailor@example.org');
  });

  test('a forgotten password is replaced by a link in a letter', async () => {
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const other = await context.newPage();
    other.setDefaultTimeout(30_000);
    await other.goto(`${running.url}/sign-in`);
    await other.getByRole('link', { name: 'Forgotten your password?' }).click();
    await other.getByRole('heading', { name: 'Forgotten password' }).waitFor();
    expect.soft(await takeScreenshots(other, 'forgot-password')).toEqual([]);
    await other.getByLabel('Username or e-mail').fill('sailor@example.org');
    await other.getByRole('button', { name: 'Get a link' }).click();
    await other.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    expect.soft(await takeScreenshots(other, 'forgot-password-asked')).toEqual([]);
    const link = linkIn(await mail.letterTo('sailor@example.org', 'Choose a new password'));
    await other.goto(link);
    await other.getByRole('textbox', { name: 'New password' }).fill('short');
    await other.getByRole('button', { name: 'Set the password' }).click();
    await other.getByText('At least 10 characters', { exact: true }).waitFor();
    expect.soft(await takeScreenshots(other, 'reset-password')).toEqual([]);
    await other.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD);
    await other.getByRole('button', { name: 'Set the password' }).click();
    await other.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    expect.soft(await takeScreenshots(other, 'reset-password-done')).toEqual([]);
    expect(await canSignIn(running.url, 'sailor', 'sailor likes ships')).toBe(false);
    expect(await canSignIn(running.url, 'sailor', NEW_PASSWORD)).toBe(true);
    await mail.letterTo('sailor@example.org', 'Your password was changed');
    await other.goto('about:blank');
    await other.goto(link);
    await other.getByRole('textbox', { name: 'New password' }).fill('another one again');
    await other.getByRole('button', { name: 'Set the password' }).click();
    await other.getByText('This link was used already').waitFor();
    await context.close();
  });

  test('an administrator sends somebody a link, and nothing waits that was sent', async () => {
    await page.context().clearCookies();
    await signIn(page, running.url, captain);
    await page.goto(`${running.url}/admin/users`);
    await page.getByRole('button', { name: 'Actions for sailor' }).click();
    await page.getByRole('menuitem', { name: 'Send password link' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send a link for a new password' });
    await dialog.getByText('sailor@example.org').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-send-reset')).toEqual([]);
    const before = mail.count('sailor@example.org', 'Choose a new password');
    await dialog.getByRole('button', { name: 'Send link' }).click();
    await expect
      .poll(() => mail.count('sailor@example.org', 'Choose a new password'), { timeout: 60_000 })
      .toBe(before + 1);
    await page.goto(`${running.url}/admin/pending-links`);
    await page.getByText('No link is waiting').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-pending-links-none')).toEqual([]);
    expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
  });
});

describe.runIf(hasBrowser)('without a mail server', () => {
  const running = useStowage(administrator);
  let browser: Browser;
  let page: Page;
  let person: { username: string; email: string };

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await openPage(browser);
    const { username } = await signUp(running.url, 'sailor');
    person = { username, email: `${username}@example.com` };
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('the same links wait for an administrator, who shows one to hand it over', async () => {
    await page.goto(`${running.url}/forgot-password`);
    await page.getByText('sends no mail').waitFor();
    await page.getByLabel('Username or e-mail').fill(person.username);
    await page.getByRole('button', { name: 'Get a link' }).click();
    await page.getByRole('heading', { name: 'Ask an administrator' }).waitFor();
    expect.soft(await takeScreenshots(page, 'forgot-password-without-mail')).toEqual([]);
    await signIn(page, running.url, captain);
    await page.goto(`${running.url}/admin/pending-links`);
    const row = page.getByRole('row').filter({ hasText: 'New password' });
    await row.getByText(person.username, { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-pending-links')).toEqual([]);
    await row.getByRole('button', { name: 'Show link' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Show link' }).click();
    const link = await dialog.locator('[data-command]').getAttribute('data-command');
    expect.soft(await takeScreenshots(page, 'admin-pending-link')).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const code = String(link).split('#')[1];
    const body = { code, newPassword: NEW_PASSWORD };
    expect((await callApi(running.url, '/password-resets/complete', { body })).status).toBe(204);
    expect(await canSignIn(running.url, person.username, NEW_PASSWORD)).toBe(true);
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'Confirm address' }).first().waitFor();
    await row.waitFor({ state: 'detached' });
  });

  test('an administrator shows a link for somebody who did not ask', async () => {
    await page.goto(`${running.url}/admin/users`);
    await page.getByRole('button', { name: `Actions for ${person.username}` }).click();
    await page.getByRole('menuitem', { name: 'Show password link' }).click();
    const dialog = page.getByRole('dialog', { name: `Link for ${person.username}` });
    await dialog.getByRole('button', { name: 'Show link' }).click();
    await dialog.getByText('it is not shown again').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-show-reset')).toEqual([]);
    expect(await dialog.locator('[data-command]').getAttribute('data-command')).toContain('/reset-password#stw_otc_');
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  test('an administrator lets in only whom he invites, and a guest makes an account with the link', async () => {
    await page.goto(`${running.url}/admin/sign-up`);
    await page.getByText('Nobody is invited').waitFor();
    await page.getByRole('radio', { name: 'By invitation' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Chosen here').waitFor();
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('guest@example.com');
    expect.soft(await takeScreenshots(page, 'admin-invite')).toEqual([]);
    await dialog.getByRole('button', { name: 'Make the invitation' }).click();
    let link = String(await dialog.locator('[data-command]').getAttribute('data-command'));
    expect(link.startsWith(`${running.url}/sign-up#stw_otc_`)).toBe(true);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('table', { name: 'Invitations' }).getByText('guest@example.com').waitFor();
    await page.getByRole('button', { name: 'Actions for the invitation for guest@example.com' }).click();
    await page.getByRole('menuitem', { name: 'Send a new link' }).click();
    const renewed = page.getByRole('dialog', { name: 'New link made' });
    link = (await renewed.locator('pre').getAttribute('data-command')) ?? '';
    expect.soft(await takeScreenshots(page, 'sign-up-invitation-renewed')).toEqual([]);
    await renewed.getByRole('button', { name: 'Done' }).click();
    expect.soft(await takeScreenshots(page, 'admin-sign-up')).toEqual([]);
    const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const guest = await context.newPage();
    guest.setDefaultTimeout(30_000);
    await guest.goto(`${running.url}/sign-up`);
    await guest.getByText('Sign-up is by invitation').waitFor();
    await guest.goto('about:blank');
    await guest.goto(link);
    await guest.getByText('You were invited').waitFor();
    expect.soft(await takeScreenshots(guest, 'sign-up-invited')).toEqual([]);
    await guest.getByLabel('Username').fill('guest');
    await guest.getByLabel('E-mail').fill('guest@example.com');
    await guest.getByRole('textbox', { name: 'Password' }).fill('guest likes ships');
    await guest.getByRole('button', { name: 'Create account' }).click();
    await guest.waitForURL(/get-started/);
    await context.close();
    await page.reload();
    await page.getByText('Nobody is invited').waitFor();
    await page.getByRole('button', { name: 'Leave it to STOWAGE_SIGNUP' }).click();
    await page.getByText('STOWAGE_SIGNUP says so').waitFor();
  });
});
