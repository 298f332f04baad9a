/** Patterns as people type them: with commas or spaces between. */
export function toGlobs(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((glob) => glob !== ''))];
}

export function fromGlobs(globs: readonly string[]): string {
  return globs.join(', ');
}
