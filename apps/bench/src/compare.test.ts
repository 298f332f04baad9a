import { describe, expect, it } from 'vitest';
import { compare, median } from './compare.js';
import { formatTable } from './format-table.js';
import type { Metric, Scenario } from './scenario.js';
import type { RegistryServer } from './servers/registry-server.js';

const METRIC: Metric = { name: 'pulls', unit: 'requests/s', aim: '≥ 3 times' };

function server(name: string): RegistryServer {
  return { name, url: 'http://127.0.0.1:1', pid: 1, repository: 'a/b', authorize: async () => ({}) };
}

describe('a comparison', () => {
  it('takes turns and keeps the median of each registry', async () => {
    const order: string[] = [];
    const values: Record<string, number[]> = { ours: [30, 10, 20], peer: [4, 5, 6] };
    const scenario: Scenario = {
      name: 'pulls',
      measure: async ({ name }) => {
        order.push(name);
        return [{ metric: METRIC, value: values[name]?.shift() ?? 0 }];
      },
    };
    const shape = { repetitions: 3, onReading: () => {}, settle: async () => {} };
    const comparisons = await compare([server('ours'), server('peer')], scenario, shape);
    expect(comparisons).toEqual([{ metric: METRIC, medians: [20, 5] }]);
    expect(order).toEqual(['ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
  });

  it.each([
    [[1], 1],
    [[3, 1, 2], 2],
    [[4, 1], 2.5],
  ])('has the median of %j at %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('prints the figures, their ratio and the aim', () => {
    const table = formatTable(['Ours', 'Peer'], [{ metric: METRIC, medians: [4200, 1200] }]);
    expect(table.split('\n')[1]?.split(/ {2,}/)).toEqual(['pulls', 'requests/s', '4200', '1200', '3.50', '≥ 3 times']);
  });

  it('prints no ratio without a peer, or where the peer has none of it', () => {
    expect(formatTable(['Ours'], [{ metric: METRIC, medians: [4200] }])).not.toContain('Ours /');
    expect(formatTable(['Ours', 'Peer'], [{ metric: METRIC, medians: [4200, 0] }])).not.toContain('Infinity');
  });
});
