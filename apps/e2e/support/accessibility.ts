import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA. */
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** What axe finds wrong on the page as it is now: one line for each rule and element. Empty: nothing. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Evaluated, not added as a script element, which the page's content security policy refuses.
  await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, rules);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  }, RULES);
}
