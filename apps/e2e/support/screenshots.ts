import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { findBarriers } from './accessibility.js';

const folder = path.join(import.meta.dirname, '../../../artifacts/screenshots');
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/**
 * Wide and narrow, light and dark; says which of them scroll sideways, and what axe finds in them: everything at both
 * widths, and in the dark again what has to do with colors.
 * Leaves the page wide and light.
 */
export async function takeScreenshots(page: Page, name: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const flaws: string[] = [];
  for (const viewport of [NARROW, WIDE]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // The theme follows the media query a moment later: a picture before that would show half of each scheme.
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
      // A bar that stays at the top is drawn where the page was scrolled to, in the middle of a picture of the whole page.
      await page.evaluate(() => scrollTo(0, 0));
      await page.evaluate(() => document.fonts.ready);
      const file = `${name}-${viewport.width}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: 'disabled' });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) flaws.push(`${file}: ${overflow} px too wide`);
      const barriers = await findBarriers(page, colorScheme === 'light' ? 'all' : 'colors');
      for (const barrier of barriers) flaws.push(`${file}: ${barrier}`);
    }
  }
  return flaws;
}
