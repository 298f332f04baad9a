import { expect } from 'vitest';
import type { Shared } from './use-shared-stowage.js';

/** Behind a proxy, a few in a row come by every process. */
const REQUESTS = 4;

/** Nothing has fallen over: every process that takes part answers as it should. */
export async function expectAlive({ url }: Shared): Promise<void> {
  for (let request = 0; request < REQUESTS; request += 1) {
    const answers = await Promise.all(['/v2/', '/readyz'].map(async (path) => (await fetch(`${url}${path}`)).status));
    expect(answers).toEqual([401, 200]);
  }
}
