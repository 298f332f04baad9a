import { paths } from '@stowage/contracts';
import { OpenIdProvider } from '@stowage/oidc/testing';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { watchForErrors } from '../../support/page-watch.js';
import { randomName } from '../../support/random.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const client = { id: 'stowage', secret: 'a-secret-of-the-client' };
const provider = await OpenIdProvider.start();
afterAll(async () => provider.stop());

describe.runIf(hasBrowser)('sign-in with an OpenID provider (J2)', () => {
  const running = useStowage({
    STOWAGE_SIGNIN_OIDC_ISSUER: provider.url,
    STOWAGE_SIGNIN_OIDC_CLIENT_ID: client.id,
    STOWAGE_SIGNIN_OIDC_CLIENT_SECRET: client.secret,
    STOWAGE_SIGNIN_OIDC_NAME: 'Harbour',
    STOWAGE_SIGNIN_GITHUB_CLIENT_ID: 'not-used',
    STOWAGE_SIGNIN_GITHUB_CLIENT_SECRET: 'not-used',
  });
  const name = randomName('ada');
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];

  beforeAll(async () => {
    provider.serve({ ...client, redirectUri: `${running.url}/sign-in/callback` });
    browser = await launchBrowser();
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function signInThere(): Promise<void> {
    await page.waitForURL(`${provider.url}/**`);
    await page.locator('input[name=login]').fill(name);
    await page.locator('input[name=password]').fill('x');
    await page.getByRole('button').first().click();
  }

  test('makes an account for a newcomer, who only chooses a name', async () => {
    await page.goto(`${running.url}/sign-up`);
    await page.getByRole('button', { name: 'Sign up with Harbour' }).waitFor();
    expect.soft(await takeScreenshots(page, 'sign-up-providers')).toEqual([]);
    await page.goto(`${running.url}/sign-in?next=/access-tokens`);
    await page.getByRole('button', { name: 'Sign in with Harbour' }).waitFor();
    expect.soft(await takeScreenshots(page, 'sign-in-providers')).toEqual([]);
    await page.getByRole('button', { name: 'Sign in with Harbour' }).click();
    await signInThere();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(`${name}@example.com`).waitFor();
    expect(await page.getByLabel('Username').inputValue()).toBe(name);
    expect.soft(await takeScreenshots(page, 'sign-in-provider-account')).toEqual([]);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(`${running.url}/access-tokens`);
  });

  test('shows the link on the account page', async () => {
    await page.goto(`${running.url}/account`);
    const linked = page.getByRole('table', { name: 'Linked accounts' });
    await linked.getByText('Harbour').waitFor();
    expect(await linked.getByRole('row').count()).toBe(2);
    expect.soft(await takeScreenshots(page, 'linked-accounts')).toEqual([]);
  });

  test('is a proof that it is still the same person, who knows no password', async () => {
    // What the server says after ten minutes; that it says so is proved beside the database.
    await page.route(`**${paths.identities}/*`, async (route) => {
      const problem = {
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        detail: '',
        reason: 'confirmation-needed',
      };
      return route.fulfill({ status: 403, contentType: 'application/problem+json', json: problem });
    });
    await page.getByRole('button', { name: 'Unlink Harbour' }).click();
    await page.getByRole('dialog', { name: 'Unlink account' }).getByRole('button', { name: 'Unlink' }).click();
    const confirmation = page.getByRole('dialog', { name: 'Is it still you?' });
    const again = confirmation.getByRole('button', { name: 'Sign in with Harbour again' });
    await again.waitFor();
    expect.soft(await takeScreenshots(page, 'confirmation-provider')).toEqual([]);
    // While the page rests: what is being asked for at that moment would never be answered.
    await page.unroute(`**${paths.identities}/*`);
    await again.click();
    // Although the provider knows this browser.
    await signInThere();
    await page.waitForURL(`${running.url}/account`);
    await page.getByRole('table', { name: 'Linked accounts' }).getByText('Harbour').waitFor();
  });

  test('signs the same person in again, and says what went wrong with an answer to nothing', async () => {
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(`${running.url}/sign-in**`);
    // The page of the provider wants a font from elsewhere; the refusal is the one that asked for a proof.
    const isExpected = (error: string) => error.includes('fonts.googleapis.com') || error.includes(paths.identities);
    expect(errors.filter((error) => !isExpected(error))).toEqual([]);
    await page.goto(`${running.url}/sign-in/callback?code=x&state=y`);
    await page.getByRole('alert').getByText('was not begun in this browser').waitFor();
    await page.getByRole('link', { name: 'Back to sign-in' }).click();
    await page.getByRole('button', { name: 'Sign in with Harbour' }).click();
    await page.waitForURL(`${running.url}/`);
    await page.getByRole('button', { name: 'Account menu' }).waitFor();
  });
});
