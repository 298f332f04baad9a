import {
  immutabilityPreviewSchema,
  immutabilitySchema,
  repositoryImmutabilitySchema,
  setImmutabilitySchema,
  setRepositoryImmutabilitySchema,
} from '../immutability.js';
import { pageQuerySchema } from '../page.js';
import type { Routes } from './route.js';

const OF_NAMESPACE = '/namespaces/{namespace}/immutability-rules';
const OF_REPOSITORY = '/namespaces/{namespace}/repositories/{repository}/immutability-rules';

/** Tags that may be pushed once. */
export const immutabilityRoutes = {
  getImmutability: {
    method: 'GET',
    path: OF_NAMESPACE,
    access: 'namespace: browse',
    summary: 'Which tags of a namespace stay at their digest',
    answer: immutabilitySchema,
  },
  setImmutability: {
    method: 'PUT',
    path: OF_NAMESPACE,
    access: 'namespace: repository-settings',
    summary: 'Say which tags of a namespace stay at their digest',
    description:
      'A tag that a rule holds is not moved to another digest and not deleted, by nobody and on no way; the same digest may ' +
      'be pushed again. A rule is about a tag when one of `repositories` and one of `tags` take it, and none of `except`. ' +
      'In a pattern `*` stands for any characters, `?` for one, and `**` for any number of folders. Lists of referrers ' +
      '(`sha256-…`) grow with every signature, so that no rule is about them.',
    body: setImmutabilitySchema,
    example: { rules: [{ repositories: ['app/**'], tags: ['v*'], except: ['v0-*'] }] },
    answer: immutabilitySchema,
  },
  previewImmutability: {
    method: 'POST',
    path: `${OF_NAMESPACE}/preview`,
    access: 'namespace: repository-settings',
    inReadOnlyMode: 'goes on',
    summary: 'Which tags these rules would hold; nothing is changed',
    query: pageQuerySchema,
    body: setImmutabilitySchema,
    example: { rules: [{ repositories: ['**'], tags: ['*'], except: ['latest', 'edge'] }] },
    answer: immutabilityPreviewSchema,
    status: 200,
  },
  getRepositoryImmutability: {
    method: 'GET',
    path: OF_REPOSITORY,
    access: 'repository: see',
    summary: 'Which tags of a repository stay at their digest',
    answer: repositoryImmutabilitySchema,
  },
  setRepositoryImmutability: {
    method: 'PUT',
    path: OF_REPOSITORY,
    access: 'repository: repository-settings',
    summary: 'Give a repository rules of its own, or those of its namespace again',
    body: setRepositoryImmutabilitySchema,
    example: { rules: [{ tags: ['*'], except: ['latest', 'edge'] }] },
    answer: repositoryImmutabilitySchema,
  },
  previewRepositoryImmutability: {
    method: 'POST',
    path: `${OF_REPOSITORY}/preview`,
    access: 'repository: repository-settings',
    inReadOnlyMode: 'goes on',
    summary: 'Which tags of a repository these rules would hold; nothing is changed',
    query: pageQuerySchema,
    body: setRepositoryImmutabilitySchema,
    example: { rules: [{ tags: ['v*'], except: [] }] },
    answer: immutabilityPreviewSchema,
    status: 200,
  },
} as const satisfies Routes;
