import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { reportSkip } from '../../support/clients.js';
import { anImage, anIndex, type Index } from '../../support/images.js';
import { callApi, readCookie } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { RegistryClient } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
if (!hasBrowser) reportSkip('browser', `npm carries no headless Chromium for ${process.platform} ${process.arch}`);

const person = { username: 'ada', email: 'ada@example.com', password: 'ada likes container ships' };
const organization = 'northwind';
const repository = `${organization}/hello-world`;

/** One person's way through the dashboard; each step stands on the one before. */
describe.runIf(hasBrowser)('somebody who is new (J2, J4)', () => {
  const running = useStowage();
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];
  let client: RegistryClient;
  let index: Index;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(15_000);
    errors = watchForErrors(page);
    index = await anIndex(['amd64', 'arm64']);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function expectFits(name: string): Promise<void> {
    expect.soft(await takeScreenshots(page, name), 'scrolls sideways, or shuts somebody out').toEqual([]);
  }

  async function commandOf(label: string): Promise<string> {
    const command = await page
      .getByRole('figure', { name: label, exact: true })
      .locator('pre')
      .getAttribute('data-command');
    return command ?? '';
  }

  test('signs up and is led to a first push into the personal namespace', async () => {
    await page.goto(running.url);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Username').waitFor();
    await expectFits('sign-up');
    await page.getByLabel('Username').fill(person.username);
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(`${running.url}/n/${person.username}/get-started`);
    await page.getByRole('heading', { name: 'Create an access token' }).waitFor();
    expect(await commandOf('Push')).toContain(`${running.host}/${person.username}/`);
  });

  test('creates a namespace for an organisation', async () => {
    await page.getByRole('button', { name: 'New namespace' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New namespace' });
    await dialog.getByLabel('Name', { exact: true }).fill('Not A Name');
    await dialog.getByRole('button', { name: 'Create namespace' }).click();
    await dialog.getByText('lower-case letters and digits').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill(organization);
    await dialog.getByLabel('Display name').fill('Northwind Traders');
    await dialog.getByRole('button', { name: 'Create namespace' }).click();
    await page.waitForURL(`${running.url}/n/${organization}`);
    await page.getByRole('heading', { name: 'Northwind Traders' }).waitFor();
    await expectFits('namespace-empty');
  });

  test('is shown the commands with a token in them, and the page sees the login', async () => {
    await page.getByRole('link', { name: 'Get started' }).click();
    await page.waitForURL(`${running.url}/n/${organization}/get-started`);
    await page.getByRole('button', { name: 'Create access token' }).click();
    const step = page.getByRole('listitem', { name: 'Step 2: Log in' });
    await step.getByText('Waiting for your login').waitFor();
    const secret = await commandOf('Access token');
    expect(secret).toMatch(/^\S{20,}$/);
    const login = await commandOf('Log in');
    expect(login).toContain(secret);
    expect(login).toContain(running.host);
    expect(login).toContain(person.username);
    await expectFits('first-push-waiting');
    client = new RegistryClient(running.url, { username: person.username, secret });
    await client.tokenFor();
    await step.getByText('We saw your login').waitFor();
  });

  test('the page ticks the push off while it arrives', async () => {
    expect(await commandOf('Push')).toContain(`${running.host}/${repository}:latest`);
    await page.getByText('Waiting for your push').waitFor();
    await client.pushIndex(repository, 'latest', index);
    await page.getByText('We saw your push').waitFor();
    await page.getByRole('heading', { name: `${repository} is aboard` }).waitFor();
    await expectFits('first-push-done');
  });

  test('finds the repository in the list of its namespace', async () => {
    for (const [name, tags] of [
      ['api', ['1.4.0', '1.4.1', '2.0.0-rc.1']],
      ['storefront', ['2026.11', 'latest']],
      ['tools/migrate', ['7']],
    ] as const) {
      const image = await anImage({ layers: 4, layerBytes: 400_000 });
      for (const tag of tags) await client.pushImage(`${organization}/${name}`, tag, image);
    }
    await page.getByRole('link', { name: /^Repositories/ }).click();
    await page.getByRole('table', { name: 'Repositories' }).getByRole('link', { name: 'tools/migrate' }).waitFor();
    await expectFits('repositories');
    await page.getByRole('link', { name: 'hello-world' }).click();
    await page.waitForURL(`${running.url}/n/${repository.replace('/', '/r/')}`);
  });

  test('finds the tag, and in it the platforms, the layers and the config', async () => {
    await page.goto(`${running.url}/n/${repository.replace('/', '/r/')}`);
    const tags = page.getByRole('table', { name: 'Tags' });
    await tags.getByText('linux/arm64').waitFor();
    await expectFits('tags');
    await tags.getByRole('link', { name: 'latest' }).click();
    const platforms = page.getByRole('navigation', { name: 'Platforms' });
    await platforms.getByText('linux/amd64').waitFor();
    await page.getByText('COPY layer-0.bin').first().waitFor();
    await page.getByText('SHIP').waitFor();
    await page.getByText('/bin/hello').first().waitFor();
    await expectFits('image');
    await platforms.getByText('linux/arm64').click();
    await page.waitForURL(/platform=/);
  });

  test('is given commands that pull by tag and by digest', async () => {
    await page.goto(`${running.url}/n/${repository.replace('/', '/r/')}/-/tags/latest`);
    await page.getByRole('figure', { name: 'Pull with Docker' }).waitFor();
    expect(await commandOf('Pull with Docker')).toBe(`docker pull ${running.host}/${repository}:latest`);
    await page.getByText('By digest').click();
    expect(await commandOf('Pull with Docker')).toBe(
      `docker pull ${running.host}/${repository}@${index.manifest.digest}`,
    );
  });

  test('sees in the audit log of the namespace what was done', async () => {
    await page.goto(`${running.url}/n/${organization}/audit`);
    const events = page.getByRole('table', { name: 'Events' });
    await events.getByText('Pushed the blob').first().waitFor();
    await page.getByLabel('About').selectOption('repository');
    await events.getByText('Pushed the blob').first().waitFor({ state: 'detached' });
    await events.getByText('Created the repository').first().waitFor();
    await expectFits('namespace-audit');
  });

  test('sees the access tokens, makes one, and sees its secret once', async () => {
    await page.getByRole('link', { name: 'Access tokens' }).click();
    const list = page.getByRole('table', { name: 'Access tokens' });
    await list.getByText(`First push to ${organization}`).waitFor();
    await page.getByRole('link', { name: 'New access token' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Give it a name').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('laptop');
    await page.getByLabel('A build that pushes').check();
    await expectFits('create-token-purpose');
    await page.getByRole('button', { name: 'Continue' }).click();
    const words = page.getByRole('region', { name: 'What this token will be able to do' });
    await words.getByText('Pull from and push to every repository of').waitFor();
    await expectFits('create-token-scope');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('1 year').click();
    await words.getByText(/^Until .*20/).waitFor();
    await expectFits('create-token-expiry');
    await page.getByRole('button', { name: 'Create token' }).click();
    await page.getByRole('figure', { name: 'Access token', exact: true }).waitFor();
    const secret = await commandOf('Access token');
    expect(secret).toMatch(/^\S{20,}$/);
    await page.getByRole('radiogroup', { name: 'Use it with' }).getByText('Kubernetes').click();
    expect(await commandOf('Kubernetes snippet')).toContain(secret);
    await expectFits('create-token-secret');
    await page.getByRole('link', { name: 'Done' }).click();
    await list.getByText('laptop').waitFor();
    expect(await page.content()).not.toContain(secret);
    await expectFits('access-tokens');
  });

  test('signs out and in again', async () => {
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await expectFits('sign-in');
    await page.getByLabel('Username or e-mail').fill(person.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('link', { name: /Northwind Traders|northwind/ })
      .first()
      .waitFor();
    await expectFits('namespaces');
  });

  test('sees where the account is signed in, signs out elsewhere, and changes the password', async () => {
    const login = { login: person.username, password: person.password };
    const elsewhere = await callApi(running.url, '/session', { body: login, headers: { 'user-agent': 'curl/8.5.0' } });
    const cookie = readCookie(elsewhere.headers);
    await page.getByRole('button', { name: 'Account menu' }).click();
    await page.getByRole('menuitem', { name: 'Account settings' }).click();
    const sessions = page.getByRole('table', { name: 'Sessions' });
    await sessions.getByRole('row').filter({ hasText: 'curl' }).first().waitFor();
    await sessions.getByText('This one').waitFor();
    await expectFits('account');
    await page.getByRole('button', { name: 'Sign out curl' }).first().click();
    await sessions.getByText('curl').waitFor({ state: 'detached' });
    expect((await callApi(running.url, '/session', { headers: { cookie } })).status).toBe(401);
    const form = page.getByRole('form', { name: 'Change password' });
    await form.getByLabel('Current password').fill('not the password');
    await form.getByLabel('New password').fill('ada likes sailing ships');
    await form.getByRole('button', { name: 'Change password' }).click();
    await form.getByText('this is not your current password').waitFor();
    await form.getByLabel('Current password').fill(person.password);
    await form.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    expect((await callApi(running.url, '/session', { body: login })).status).toBe(401);
  });

  test('left no error in the console on the whole way', () => {
    // The browser writes every answer of 4xx there; the wrong password above is one.
    expect(errors.filter((error) => !error.includes('/account/password'))).toEqual([]);
  });
});
