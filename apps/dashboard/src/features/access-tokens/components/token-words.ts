import type { Grant } from '@stowage/contracts';

export interface TokenWords {
  readonly can: readonly string[];
  readonly cannot: readonly string[];
  readonly until: string;
}

const VERBS = { pull: 'pull from', push: 'push to', delete: 'delete in' } as const;
const DAY_MS = 86_400_000;

/** What a token will be able to do, in words for the person who is about to make it. */
export function tokenWords(grants: readonly Grant[] | null, days: number | null, now = Date.now()): TokenWords {
  const until = days === null ? 'Until you revoke it' : `Until ${dateOf(now + days * DAY_MS)}`;
  if (grants === null) {
    return {
      can: [
        'Pull, push and delete wherever you may, also in namespaces that you join later',
        'Use the management API in your name',
      ],
      cannot: ['Make, see or end access tokens, change your password or sign in to these pages'],
      until,
    };
  }
  return {
    can: grants.flatMap(sentencesOf),
    cannot: ['See or change any other private repository', 'Do more than you may yourself, now or later'],
    until,
  };
}

function sentencesOf({ repository, actions }: Grant): string[] {
  const verbs = (['pull', 'push', 'delete'] as const).filter((action) => actions.includes(action));
  const where = placeOf(repository);
  const ofRegistry = verbs.length > 0 ? [`${capital(listOf(verbs.map((verb) => VERBS[verb])))} ${where}`] : [];
  return actions.includes('api') ? [...ofRegistry, `Use the management API for ${where}`] : ofRegistry;
}

function placeOf(repository: string): string {
  if (!repository.endsWith('/*')) return repository;
  const folder = repository.slice(0, -2);
  return folder.includes('/') ? `everything below ${folder}/` : `every repository of ${folder}`;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dateOf(time: number): string {
  return new Date(time).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
}
