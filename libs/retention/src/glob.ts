/** Whether a glob is all of a text, or of a path. */
export type Matcher = (text: string) => boolean;

/**
 * A glob over one word, such as a tag: `*` stands for any characters, none included, `?` for one, and everything else for
 * itself, by case. Takes time linear in the text for each character of the glob at most, whatever either says.
 */
export function wordGlob(glob: string): Matcher {
  if (glob === '*') return () => true;
  return (text) => matches(glob, text, { any: '*', fits: (part, char) => part === '?' || part === char });
}

/**
 * A glob over a repository's path: what `wordGlob` knows within one component, and `**` for any number of components. At
 * the end `**` is one at least: `app/**` is everything below `app`, at any depth, and not `app` itself.
 */
export function pathGlob(glob: string): Matcher {
  if (glob === '**') return () => true;
  const parts = glob.split('/');
  if (parts.at(-1) === '**') parts.splice(-1, 0, '*');
  const words = new Map(parts.map((part) => [part, wordGlob(part)]));
  const fits = (part: string, component: string) => words.get(part)?.(component) === true;
  return (path) => matches(parts, path.split('/'), { any: '**', fits });
}

interface Alphabet {
  /** Stands for any number of items. */
  readonly any: string;
  readonly fits: (part: string, item: string) => boolean;
}

/** Goes back to the last `any` alone: an earlier one has nothing to gain by taking more. */
function matches(glob: ArrayLike<string>, items: ArrayLike<string>, { any, fits }: Alphabet): boolean {
  let [at, next] = [0, 0];
  let [lastAny, taken] = [-1, 0];
  while (next < items.length) {
    const part = glob[at];
    if (part === any) {
      [lastAny, taken] = [at, next];
      at += 1;
    } else if (part !== undefined && fits(part, items[next] as string)) {
      at += 1;
      next += 1;
    } else if (lastAny >= 0) {
      taken += 1;
      [at, next] = [lastAny + 1, taken];
    } else {
      return false;
    }
  }
  while (glob[at] === any) at += 1;
  return at === glob.length;
}
