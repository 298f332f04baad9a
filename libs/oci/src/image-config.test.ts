import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDescriptor, bytesOf } from '../test/manifest-samples.js';
import type { Descriptor } from './descriptor.js';
import { type ImageConfig, pairLayersWithHistory, parseImageConfig } from './image-config.js';

const layersOf = (count: number) =>
  Array.from({ length: count }, (_, size) => aDescriptor({ size }) as unknown as Descriptor);

describe('parseImageConfig', () => {
  it('reads what people look at', () => {
    const config = {
      architecture: 'arm64',
      os: 'linux',
      variant: 'v8',
      config: { Env: ['A=b'], Labels: { x: 'y' } },
      rootfs: {},
    };
    expect(parseImageConfig(bytesOf(config))).toMatchObject({
      architecture: 'arm64',
      os: 'linux',
      config: { Env: ['A=b'] },
    });
  });

  it('takes null for absent, as Docker writes it', () => {
    const config = { os: 'linux', config: { Env: null, Cmd: null, Labels: null, Volumes: null }, history: null };
    expect(parseImageConfig(bytesOf(config))).toMatchObject({ os: 'linux', config: { Env: null } });
  });

  it.each<[string, unknown]>([
    ['a Helm chart', { name: 'chart', version: '1.0.0', apiVersion: 'v2' }],
    ['the empty object of artifacts', {}],
    ['null', null],
    ['a list', []],
    ['a number', 5],
    ['not JSON', '{'],
    ['nothing', ''],
    ['members of another kind', { os: 1, architecture: [] }],
    ['labels that are no text', { os: 'linux', config: { Labels: { a: 1 } } }],
  ])('gives undefined for %s', (_, config) => {
    expect(parseImageConfig(bytesOf(config))).toBeUndefined();
  });

  it("never throws: a config is other people's bytes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytesOf)), (bytes) => {
        expect(() => parseImageConfig(bytes)).not.toThrow();
      }),
    );
  });
});

describe('pairLayersWithHistory', () => {
  const historyOf = (...empty: boolean[]): ImageConfig => ({
    history: empty.map((empty_layer, at) => ({ created_by: `step ${at}`, empty_layer })),
  });
  const pairs = (count: number, config: ImageConfig | undefined) =>
    pairLayersWithHistory(layersOf(count), config).map(({ layer, createdBy }) => [layer?.size, createdBy]);

  it.each<[string, number, ImageConfig | undefined, [number | undefined, string | undefined][]]>([
    [
      'a step each',
      2,
      historyOf(false, false),
      [
        [0, 'step 0'],
        [1, 'step 1'],
      ],
    ],
    [
      'steps without a layer',
      1,
      historyOf(true, false, true),
      [
        [undefined, 'step 0'],
        [0, 'step 1'],
        [undefined, 'step 2'],
      ],
    ],
    [
      'layers without a step, last',
      2,
      historyOf(false),
      [
        [0, 'step 0'],
        [1, undefined],
      ],
    ],
    [
      'more steps than layers',
      1,
      historyOf(false, false),
      [
        [0, 'step 0'],
        [undefined, 'step 1'],
      ],
    ],
    [
      'no history',
      2,
      {},
      [
        [0, undefined],
        [1, undefined],
      ],
    ],
    ['no config', 1, undefined, [[0, undefined]]],
    ['no layers', 0, historyOf(true), [[undefined, 'step 0']]],
  ])('pairs %s', (_, count, config, expected) => {
    expect(pairs(count, config)).toEqual(expected);
  });

  it('shows every layer once and in order, whatever the history claims', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.array(fc.boolean(), { maxLength: 20 }), (count, empty) => {
        const shown = pairLayersWithHistory(layersOf(count), historyOf(...empty)).flatMap(({ layer }) => layer ?? []);
        expect(shown).toEqual(layersOf(count));
      }),
    );
  });
});
