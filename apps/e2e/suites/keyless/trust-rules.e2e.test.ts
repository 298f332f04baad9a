import { githubJobClaims, TestIssuer } from '@stowage/oidc/testing';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { watchForErrors } from '../../support/page-watch.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const issuer = await TestIssuer.start();
afterAll(async () => issuer.close());

describe.runIf(hasBrowser)('the page of trust rules (J5)', () => {
  const running = useStowage({ STOWAGE_PRIVATE_ISSUERS: issuer.url });
  const owner = useOwner(running);
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    await page.goto(`${running.url}/sign-in`);
    await page.getByLabel('Username or e-mail').fill(owner.person.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(owner.person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${running.url}/`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  const form = () => page.getByRole('form', { name: 'New trust rule' });
  const rules = () => page.getByRole('table', { name: 'Trust rules' });

  test('makes a rule for GitHub Actions and shows what the job needs', async () => {
    await page.goto(`${running.url}/n/${owner.namespace}`);
    await page.getByRole('link', { name: 'Trust rules' }).click();
    await page.getByRole('heading', { name: 'CI without a secret' }).waitFor();
    expect.soft(await takeScreenshots(page, 'trust-rules-none')).toEqual([]);
    await page.getByRole('button', { name: 'New trust rule' }).click();
    await form().getByRole('button', { name: 'Create rule' }).click();
    await form().getByText('Say what repository has to be').waitFor();
    await form().getByLabel('Name', { exact: true }).fill('release');
    await form().getByLabel('Value of repository').fill('octo-org/app');
    expect.soft(await takeScreenshots(page, 'trust-rules-form')).toEqual([]);
    await form().getByRole('button', { name: 'Create rule' }).click();
    const snippet = page.getByRole('figure', { name: '.github/workflows/push.yml' });
    await snippet.waitFor();
    expect(await snippet.textContent()).toContain(`docker login ${running.host} --username oidc --password-stdin`);
    expect(await snippet.textContent()).toContain(`audience=${encodeURIComponent(running.url)}`);
    expect.soft(await takeScreenshots(page, 'trust-rules-snippet')).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await rules().getByText('octo-org/app').waitFor();
  });

  test('makes one for an issuer of the own, and says so when it may not be asked', async () => {
    await page.getByRole('button', { name: 'New trust rule' }).click();
    await form().getByText('Other', { exact: true }).click();
    await form().getByLabel('Name', { exact: true }).fill('tags');
    await form().getByLabel('Claim 1', { exact: true }).fill('repository');
    await form().getByLabel('Value of repository').fill('octo-org/*');
    await form().getByRole('button', { name: 'Add a claim' }).click();
    await form().getByLabel('Claim 2', { exact: true }).fill('ref');
    await form().getByLabel('Value of ref').fill('refs/tags/*');
    await form().getByLabel('Issuer').fill('https://10.0.0.1');
    await form().getByRole('button', { name: 'Create rule' }).click();
    await form().getByText('Must be at a public address', { exact: false }).waitFor();
    await form().getByLabel('Issuer').fill(issuer.url);
    await form().getByRole('button', { name: 'Create rule' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await rules().getByText('refs/tags/*').waitFor();
    expect(await rules().getByRole('row').filter({ hasText: 'tags' }).textContent()).toContain(issuer.url);
  });

  test('shows which claim of a pasted token does not fit, and which rule takes another', async () => {
    const tester = page.getByRole('form', { name: 'Test a token' });
    await tester.getByLabel('ID token of a job').fill(await issuer.sign(githubJobClaims(running.url)));
    await tester.getByRole('button', { name: 'Test token' }).click();
    await tester.getByText('no rule fits its token').waitFor();
    const verdict = tester.getByRole('list', { name: 'What each rule says' }).getByRole('listitem');
    const ofTags = await verdict.filter({ hasText: 'tags' }).first().textContent();
    expect(ofTags).toContain('refs/tags/*');
    expect(ofTags).toContain('refs/heads/main');
    expect.soft(await takeScreenshots(page, 'trust-rules-refused')).toEqual([]);
    const tagged = await issuer.sign(githubJobClaims(running.url, { ref: 'refs/tags/v1' }));
    await tester.getByLabel('ID token of a job').fill(tagged);
    await tester.getByRole('button', { name: 'Test token' }).click();
    await tester.getByText('let in by the rule tags').waitFor();
    await tester.getByText('Everything that the token says').click();
    await tester.getByText('octo-org/app/.github/workflows/release.yml@refs/heads/main').first().waitFor();
    expect.soft(await takeScreenshots(page, 'trust-rules-tested')).toEqual([]);
    await tester.getByRole('button', { name: 'Clear' }).click();
    expect(await page.content()).not.toContain(tagged);
  });

  test('deletes a rule', async () => {
    await page.getByRole('button', { name: 'Delete release' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete rule' }).click();
    await rules().getByText('octo-org/app').waitFor({ state: 'detached' });
    expect(await rules().getByRole('row').count()).toBe(2);
    // The issuer that was refused.
    expect(errors.filter((error) => !/400 \(Bad Request\).*trust-rules/.test(error))).toEqual([]);
  });
});
