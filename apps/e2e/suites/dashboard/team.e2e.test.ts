import { paths } from '@stowage/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { anImage } from '../../support/images.js';
import { createOrganization, expectStatus, type Person, signUp } from '../../support/management-api.js';
import { watchForErrors } from '../../support/page-watch.js';
import { randomName } from '../../support/random.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { clientOf } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';
const FLAWS = 'scrolls sideways, or shuts somebody out';

describe.runIf(hasBrowser)('a team (J5)', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];
  let owner: Person;
  let guest: Person;
  let org: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    [owner, guest] = [await signUp(running.url, 'owner'), await signUp(running.url, 'guest')];
    org = await createOrganization(owner);
    await clientOf(running.url, owner).pushImage(`${org}/team/app`, 'v1', await anImage());
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    await page.goto(`${running.url}/sign-in`);
    await fillSignIn(page, owner);
    await page.waitForURL(`${running.url}/`);
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  async function fillSignIn(target: Page, { username, password }: Person): Promise<void> {
    await target.getByLabel('Username or e-mail').fill(username);
    await target.getByRole('textbox', { name: 'Password' }).fill(password);
    await target.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  const shoot = async (name: string, target = page) =>
    expect.soft(await takeScreenshots(target, name), FLAWS).toEqual([]);

  test('invites somebody by a link, who signs in and comes back to accept', async () => {
    await page.goto(`${running.url}/n/${org}/members`);
    await page.getByLabel('E-mail').fill(guest.email);
    await page.getByRole('form', { name: 'Invite' }).getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invitation made' });
    const link =
      (await dialog.getByRole('figure', { name: 'Invitation link' }).locator('pre').getAttribute('data-command')) ?? '';
    expect(link).toContain(`${running.url}/invitations#`);
    await shoot('team-invitation-link');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('table', { name: 'Invitations' }).getByText(guest.email).waitFor();
    await shoot('team-members');

    const other = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const theirs = await other.newPage();
    theirs.setDefaultTimeout(30_000);
    await theirs.goto(link);
    await theirs.getByRole('heading', { name: `Join ${org}` }).waitFor();
    await shoot('team-invitation-signed-out', theirs);
    await theirs.getByRole('link', { name: 'Sign in' }).click();
    await fillSignIn(theirs, guest);
    await theirs.getByText(`You are signed in as ${guest.username}`).waitFor();
    await shoot('team-invitation', theirs);
    await theirs.getByRole('button', { name: 'Accept' }).click();
    await theirs.waitForURL(`${running.url}/n/${org}`);
    await theirs.getByRole('link', { name: 'Members' }).click();
    await theirs.getByRole('button', { name: `Leave ${org}` }).click();
    await theirs.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await theirs.goto(link);
    await theirs.getByRole('heading', { name: 'This invitation can’t be used' }).waitFor();
    await shoot('team-invitation-used', theirs);
    await other.close();
  });

  test('says to somebody with another account whom an invitation is for', async () => {
    const made = await expectStatus(
      201,
      owner.call(paths.invitations(org), { body: { email: 'grace@example.com', role: 'reader' } }),
    );
    await page.goto((made as { link: string }).link);
    await page.getByText('This invitation is for grace@example.com').waitFor();
    expect(await page.getByRole('button', { name: 'Accept' }).count()).toBe(0);
    await shoot('team-invitation-other-account');
  });

  test('gives somebody rights on a few repositories', async () => {
    const helper = await signUp(running.url, 'helper');
    await page.goto(`${running.url}/n/${org}/members`);
    await page.getByRole('button', { name: 'Give rights' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give rights to somebody' });
    await dialog.getByLabel('Username').fill(helper.username);
    await dialog.getByLabel('Repositories 1').fill('team/*');
    await shoot('team-rights-dialog');
    await dialog.getByRole('button', { name: 'Save rights' }).click();
    await page.getByRole('table', { name: 'Rights on single repositories' }).getByText(helper.username).waitFor();
    await expectStatus(200, helper.call(paths.repository(org, 'team/app')));
    await page.goto(`${running.url}/n/${org}/r/team/app/-/settings`);
    await page.getByRole('table', { name: 'Who can reach it' }).getByText(helper.username).waitFor();
    await shoot('team-repository-settings');
  });

  test('changes what a push makes, gets another name, and takes over a repository', async () => {
    const source = await createOrganization(guest);
    await clientOf(running.url, guest).pushImage(`${source}/gift`, 'v1', await anImage());
    await expectStatus(204, guest.call(paths.transferRequest(source, 'gift'), { body: { to: org } }));
    await page.goto(`${running.url}/n/${org}/settings`);
    await page.getByRole('radio', { name: 'Internal' }).check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Settings saved.').waitFor();
    await page.getByRole('button', { name: `Accept ${source}/gift` }).click();
    await page.getByText(`${source}/gift is in ${org} now.`).waitFor();
    const name = randomName('renamed');
    await page.getByRole('form', { name: 'Rename namespace' }).getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rename', exact: true }).click();
    await page.waitForURL(`${running.url}/n/${name}/settings`);
    await page.getByRole('table', { name: 'Old names' }).getByText(org, { exact: true }).waitFor();
    await shoot('team-settings');
    // The old addresses lead to the new ones.
    await page.goto(`${running.url}/n/${source}/r/gift`);
    await page.waitForURL(`${running.url}/n/${name}/r/gift`);
    await page.goto(`${running.url}/n/${org}`);
    await page.waitForURL(`${running.url}/n/${name}`);
    expect(errors).toEqual([]);
  });
});
