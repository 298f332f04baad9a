import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { administrator, administratorEnvironment } from '../../support/administrator.js';
import { launchBrowser } from '../../support/browser.js';
import { anImage } from '../../support/images.js';
import { createOrganization, expectStatus, type Person, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import type { RegistryClient } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { clientOf } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const MESSAGE = 'The disk is being exchanged until 14:00 UTC.';

describe.runIf(hasBrowser)('jobs and read-only mode (J7, J8)', () => {
  const running = useStowage(administratorEnvironment);
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];
  let owner: Person;
  let namespace: string;
  let client: RegistryClient;

  async function signIn(on: Page, login: string, password: string): Promise<void> {
    await on.goto(`${running.url}/sign-in`);
    await on.getByLabel('Username or e-mail').fill(login);
    await on.getByRole('textbox', { name: 'Password' }).fill(password);
    await on.getByRole('button', { name: 'Sign in' }).click();
    await on.waitForURL(`${running.url}/`);
  }

  beforeAll(async () => {
    browser = await launchBrowser();
    owner = await signUp(running.url, 'owner');
    namespace = await createOrganization(owner);
    client = clientOf(running.url, owner);
    await client.pushImage(`${namespace}/app`, 'v1', await anImage());
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    await signIn(page, administrator.username, administrator.password);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('an administrator sees what the registry holds, and whether it is well', async () => {
    await page.goto(`${running.url}/admin/overview`);
    await page.getByRole('region', { name: 'Stored' }).getByText('each kept once').waitFor();
    await page.getByRole('region', { name: 'Jobs that failed' }).getByText('Nothing is wrong').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-overview')).toEqual([]);
  });

  test('a scheduled job is paused, resumed and run now', async () => {
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: 'Collect garbage' });
    await row.getByText('every 5 seconds').waitFor();
    await row.getByText('Fine', { exact: true }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-jobs')).toEqual([]);
    await row.getByRole('button', { name: 'Pause: Collect garbage' }).click();
    await row.getByText('Paused', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Run now: Collect garbage' }).click();
    await page.getByText('Collect garbage runs now.').waitFor();
    await row.getByRole('button', { name: 'Resume: Collect garbage' }).click();
    await row.getByText('Fine', { exact: true }).waitFor();
  });

  test('the registry is made read-only: pushes are told why, pulls go on, and every page says so', async () => {
    await page.getByRole('link', { name: 'Read-only', exact: true }).click();
    await page.getByText('Everything takes pushes').waitFor();
    expect.soft(await takeScreenshots(page, 'admin-read-only-off')).toEqual([]);
    await page.getByRole('button', { name: 'The registry' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make the registry read-only' });
    await dialog.getByLabel('Message').fill(MESSAGE);
    expect.soft(await takeScreenshots(page, 'admin-read-only-begin')).toEqual([]);
    await dialog.getByRole('button', { name: 'Make read-only' }).click();
    await page.getByRole('region', { name: 'Read-only mode' }).getByText(MESSAGE).first().waitFor();
    await page.getByRole('button', { name: 'End read-only mode of the registry' }).waitFor();
    expect.soft(await takeScreenshots(page, 'admin-read-only-on')).toEqual([]);
    const refused = await client.request('POST', `/v2/${namespace}/app/blobs/uploads/`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '120']);
    expect(await refused.text()).toContain(MESSAGE);
    expect((await client.getManifest(`${namespace}/app`, 'v1')).status).toBe(200);
    await page.goto(`${running.url}/`);
    await page.getByText('This registry is read-only.').waitFor();
  });

  test('work of a namespace waits meanwhile, and its maintainers see why', async () => {
    const retention = `/namespaces/${namespace}/retention-policy`;
    await callAsAdministrator('DELETE', '/admin/read-only-modes/registry');
    const rules = [{ tags: ['pr-*'], keep: { kind: 'pushed-within', days: 14 } }];
    const guards = { latest: true, inIndex: true, pulledWithinDays: null };
    await expectStatus(
      200,
      owner.call(retention, { method: 'PUT', body: { policy: { rules, guards, schedule: null } } }),
    );
    await callAsAdministrator('PUT', `/admin/namespaces/${namespace}/read-only-mode`, { message: MESSAGE });
    const visit = await (await browser.newContext()).newPage();
    visit.setDefaultTimeout(30_000);
    await signIn(visit, owner.username, owner.password);
    await visit.goto(`${running.url}/n/${namespace}/jobs`);
    await visit.getByText('Nothing has run yet').waitFor();
    await visit.getByText(`${namespace} is read-only.`).waitFor();
    expect.soft(await takeScreenshots(visit, 'namespace-jobs-empty')).toEqual([]);
    await callAsAdministrator('DELETE', `/admin/namespaces/${namespace}/read-only-mode`);
    await expectStatus(202, owner.call(`${retention}/runs`, { method: 'POST' }));
    await visit.reload();
    const row = visit.getByRole('row').filter({ hasText: /retention/i });
    await row.getByText('Done', { exact: true }).waitFor();
    expect.soft(await takeScreenshots(visit, 'namespace-jobs')).toEqual([]);
    await row.getByRole('link').first().click();
    await visit.getByRole('heading', { name: 'Log' }).waitFor();
    expect.soft(await takeScreenshots(visit, 'namespace-job')).toEqual([]);
    await visit.context().close();
  });

  test('nothing went wrong on the way', () => {
    expect(errors).toEqual([]);
  });

  async function callAsAdministrator(method: string, path: string, body?: unknown): Promise<void> {
    const status = await page.evaluate(
      async ([verb = '', address = '', text]) => {
        const headers: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
        return (await fetch(`/api/v1${address}`, { method: verb, headers, ...(text ? { body: text } : {}) })).status;
      },
      [method, path, ...(body === undefined ? [] : [JSON.stringify(body)])],
    );
    expect([method, path, status < 300]).toEqual([method, path, true]);
  }
});
