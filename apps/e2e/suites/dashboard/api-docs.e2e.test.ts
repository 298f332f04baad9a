import { type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.js';
import { watchForErrors } from '../../support/page-watch.js';
import { takeScreenshots } from '../../support/screenshots.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(hasBrowser)('the page about the API', () => {
  const running = useSharedStowage();
  let browser: Browser;
  let page: Page;
  let errors: readonly string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    errors = watchForErrors(page);
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && origin !== new URL(running.url).origin) foreign.push(request.url());
    });
  });

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takeScreenshots(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
  });

  test('shows every operation, from this server alone', async () => {
    await page.goto(`${running.url}/api/docs`);
    await page.getByText('Make an account with its personal namespace, and sign in').waitFor();
    const document = (await (await fetch(`${running.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const operations = Object.values(document.paths).flatMap(Object.keys).length;
    // The page holds what is near the window: all of it comes by when somebody scrolls through.
    const seen = new Set<string>();
    const scrollOn = async () => {
      for (const id of await page.locator('.opblock').evaluateAll((blocks) => blocks.map((block) => block.id)))
        seen.add(id);
      await page.mouse.wheel(0, 600);
      return seen.size;
    };
    await expect.poll(scrollOn, { timeout: 60_000, interval: 100 }).toBe(operations);
    await page.keyboard.press('Home');
    expect.soft(await takeScreenshots(page, 'api-docs')).toEqual([]);
    expect(foreign).toEqual([]);
  });

  test('tries an operation, and shows what the registry says', async () => {
    const operation = page.locator('#operations-Sessions-getSetup');
    await operation.getByRole('button').first().click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.getByText('"registryHost"').first().waitFor();
    expect.soft(await takeScreenshots(page, 'api-docs-operation')).toEqual([]);
    expect(errors).toEqual([]);
  });
});
