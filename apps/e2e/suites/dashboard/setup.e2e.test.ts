import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { watchForErrors } from '../../support/page-watch.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { printedSetupLink } from '../../support/setup-link.js';
import { useStowage } from '../../support/use-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('the operator (J1)', () => {
  const running = useStowage();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
  });

  test('opens the link from the terminal and becomes the administrator', async () => {
    const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const errors = watchForErrors(page);
    const link = await printedSetupLink(running.server);
    await page.goto(link.href);
    await page.getByLabel('Username').waitFor();
    expect.soft(await takeScreenshots(page, 'setup')).toEqual([]);
    await page.getByLabel('Username').fill('captain');
    await page.getByLabel('E-mail').fill('captain@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('captain likes ships');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.waitForURL(`${running.url}/n/captain/get-started`);
    await page.goto(link.href);
    await page.getByText('It has an administrator already').waitFor();
    expect(errors).toEqual([]);
  });
});
