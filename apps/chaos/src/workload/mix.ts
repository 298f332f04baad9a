/** What clients do, and how often. Deletions are fewer than pushes, so that there is something to find. */
export const MIX = {
  'push artifact': 12,
  'push with several tags': 4,
  'push manifest alone': 6,
  'push blob': 6,
  'push blob in chunks': 9,
  'push wrong bytes': 2,
  'abandon upload': 2,
  'cancel upload': 2,
  'race two writers': 2,
  'mount blob': 6,
  'get tag': 14,
  'head tag': 8,
  'get manifest': 6,
  'list tags': 4,
  'get blob': 8,
  'head blob': 6,
  'delete tag': 7,
  'delete manifest': 4,
  'delete blob': 4,
} as const;

export type Task = keyof typeof MIX;
