import type { RepositoryView } from '../../lib/repository-path';

/** The code of what a repository's page can show: nobody needs it all. */
export const loadView = {
  tags: () => import('../../features/images/components/tag-browser'),
  settings: () => import('./repository-settings-page'),
  history: () => import('./tag-history-page'),
  'tag-rules': () => import('./repository-tag-rules-page'),
  tag: () => import('./tag-page'),
  manifest: () => import('./manifest-page'),
} satisfies Record<RepositoryView['kind'], () => Promise<object>>;
