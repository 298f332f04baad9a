import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA. */
const ALL: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** Those of these rules that look at colors: all that another color scheme changes. */
const COLORS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/**
 * What axe finds wrong on the page as it is now: one line for each rule and element. Empty: nothing. `colors` is enough for
 * a page that has been looked at as a whole in another color scheme.
 */
export async function findBarriers(page: Page, what: 'all' | 'colors' = 'all'): Promise<string[]> {
  // Evaluated, not added as a script element, which the page's content security policy refuses. Once for each document.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (options) => {
      const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, options);
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
      );
    },
    // Passes are counted by nobody: the elements of violations alone are looked up.
    { ...(what === 'all' ? ALL : COLORS), resultTypes: ['violations' as const] },
  );
}
