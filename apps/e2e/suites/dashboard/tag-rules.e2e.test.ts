import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { anImage, type Image } from '../../support/images.js';
import { createOrganization, type Person, putMember, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { RegistryClient } from '../../support/registry-client.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const TAGS = ['v1.0.0', 'v1.1.0', 'v1.1.1', 'v2.0.0', 'pr-17', 'pr-18', 'latest'];

describe.runIf(hasBrowser)('the rules about tags (J7)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let owner: Person;
  let org: string;
  let client: RegistryClient;
  let images: Image[];
  let errors: readonly string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    owner = await signUp(running.url, 'rules');
    org = await createOrganization(owner, 'acme');
    client = new RegistryClient(running.url, { username: owner.username, secret: owner.token });
    images = await Promise.all(TAGS.map(async () => anImage()));
    for (const [at, tag] of TAGS.entries()) await client.pushImage(`${org}/team/app`, tag, images[at]!);
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    await signIn(page, owner);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function signIn(on: Page, person: Person): Promise<void> {
    await on.goto(`${running.url}/sign-in`);
    await on.getByLabel('Username or e-mail').fill(person.username);
    await on.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await on.getByRole('button', { name: 'Sign in', exact: true }).click();
    await on.waitForURL(`${running.url}/`);
  }

  const section = (name: string) => page.getByRole('region', { name, exact: true });

  test('are none at first, and the page says what that means', async () => {
    await page.goto(`${running.url}/n/${org}`);
    await page.getByRole('link', { name: 'Tag rules' }).click();
    await section('Immutable tags').getByText('every tag may be pushed again').waitFor();
    await section('Retention').getByText('no tag is ever deleted').waitFor();
    await section('What retention did').getByText('Nothing in the last 90 days').waitFor();
    await section('Retention').getByText('No tag would be deleted.').waitFor();
    expect.soft(await takeScreenshots(page, 'tag-rules-none')).toEqual([]);
  });

  test('show what an immutability rule would hold while it is written, and hold it when it is saved', async () => {
    const immutable = section('Immutable tags');
    await immutable.getByRole('button', { name: 'Add rule' }).click();
    await immutable.getByLabel('Tags, rule 1').fill('v*, {r}*');
    await immutable.getByText('letters, digits').waitFor();
    await immutable.getByLabel('Tags, rule 1').fill('v*');
    await immutable.getByLabel('Except, rule 1').fill('v1.0*');
    await immutable.getByText('3 of 7 tags held').waitFor();
    await immutable.getByRole('list', { name: 'Tags that would be held' }).getByText('team/app:v2.0.0').waitFor();
    expect.soft(await takeScreenshots(page, 'tag-rules-immutable')).toEqual([]);
    await immutable.getByRole('button', { name: 'Save rules' }).click();
    await page.getByText('They hold from now on').waitFor();
    const refused = await client.pushImage(`${org}/team/app`, 'v2.0.0', images[0]!).then(
      () => 'pushed',
      (error: Error) => error.message,
    );
    expect(refused).toContain('immutable by the rule “v* except v1.0*”');
    expect(refused).toContain(`${running.url}/n/${org}/tag-rules`);
  });

  test('tell for every tag why it would go or stay, and how much would be freed', async () => {
    const retention = section('Retention');
    await retention.getByRole('button', { name: 'Add rule' }).click();
    await retention.getByLabel('Keep, rule 1').selectOption('never');
    await retention.getByText('3 of 7 tags deleted').waitFor();
    const going = retention.getByRole('list', { name: 'Tags that would be deleted' });
    await going.getByText('team/app:pr-17').waitFor();
    await retention.getByText('Kept', { exact: true }).click();
    const staying = retention.getByRole('list', { name: 'Tags that would be kept' });
    await staying.getByText('It is immutable').first().waitFor();
    await staying.getByText('latest is never deleted').waitFor();
    expect.soft(await takeScreenshots(page, 'tag-rules-kept')).toEqual([]);
    await retention.getByText('Deleted', { exact: true }).click();
    await retention.getByLabel('Tags, rule 1').fill('pr-*');
    await retention.getByText('2 of 7 tags deleted').waitFor();
    await retention.getByRole('button', { name: 'Add rule' }).click();
    await retention.getByLabel('Keep, rule 2').selectOption('newest-versions');
    await retention.getByLabel('Schedule').fill('0 3 * * *');
    expect.soft(await takeScreenshots(page, 'tag-rules-retention')).toEqual([]);
    await retention.getByRole('button', { name: 'Save policy' }).click();
    await retention.getByText('Next run:').waitFor();
  });

  test('are applied at once when somebody says so, and each tag that went is listed', async () => {
    await section('Retention').getByRole('button', { name: 'Run now' }).click();
    await page.getByText('Retention runs.').waitFor();
    const results = section('What retention did');
    await expect
      .poll(
        async () => {
          await page.reload();
          await section('Retention').getByText('Next run:').waitFor();
          return results.getByText('Deleted', { exact: true }).count();
        },
        { timeout: 90_000, interval: 1_000 },
      )
      .toBe(2);
    expect((await client.getManifest(`${org}/team/app`, 'pr-17')).status).toBe(404);
    expect((await client.getManifest(`${org}/team/app`, 'v1.0.0')).status).toBe(200);
    expect.soft(await takeScreenshots(page, 'tag-rules-results')).toEqual([]);
  });

  test('may be others for one repository', async () => {
    await page.goto(`${running.url}/n/${org}/r/team/app/-/tag-rules`);
    await section('Immutable tags').getByText('tags v* except v1.0*').waitFor();
    await section('Immutable tags').getByText('Rules of its own').click();
    await section('Immutable tags').getByLabel('Tags, rule 1').fill('*');
    await section('Immutable tags').getByText('4 of 5 tags held').waitFor();
    expect.soft(await takeScreenshots(page, 'tag-rules-repository')).toEqual([]);
    await section('Immutable tags').getByRole('button', { name: 'Save rules' }).click();
    await page.getByText('They hold from now on').first().waitFor();
    await section('Immutable tags').getByText('As the namespace says').click();
    await page.getByText('The rules of the namespace hold here again').waitFor();
  });

  test('are read by those who may not change them', async () => {
    const developer = await signUp(running.url, 'reader');
    await putMember(owner, org, developer, 'developer');
    const theirs = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    await signIn(theirs, developer);
    await theirs.goto(`${running.url}/n/${org}/tag-rules`);
    await theirs.getByText('tags v* except v1.0*').waitFor();
    await theirs.getByText('none of them').waitFor();
    expect(await theirs.getByRole('button', { name: 'Add rule' }).count()).toBe(0);
    await theirs.close();
    expect(errors).toEqual([]);
  });
});
