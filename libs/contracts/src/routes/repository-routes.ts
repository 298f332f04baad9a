import { pageOf, pageQuerySchema } from '../page.js';
import {
  createRepositorySchema,
  manifestSchema,
  repositorySchema,
  tagSchema,
  updateRepositorySchema,
} from '../repositories.js';
import { repositoryQuerySchema } from '../sorted-lists.js';
import type { Routes } from './route.js';

const REPOSITORY = '/namespaces/{namespace}/repositories/{repository}';

export const repositoryRoutes = {
  listRepositories: {
    method: 'GET',
    path: '/namespaces/{namespace}/repositories',
    access: 'namespace: see',
    summary: 'The repositories of a namespace that the caller may pull from',
    query: repositoryQuerySchema,
    answer: pageOf(repositorySchema),
  },
  createRepository: {
    method: 'POST',
    path: '/namespaces/{namespace}/repositories',
    access: 'namespace: push',
    idempotencyKey: 'taken',
    summary: 'Make an empty repository; a first push would as well',
    body: createRepositorySchema,
    example: { name: 'team/app', description: 'What it is', visibility: 'private' },
    answer: repositorySchema,
  },
  getRepository: {
    method: 'GET',
    path: REPOSITORY,
    access: 'repository: see',
    summary: 'A repository; its name is one path segment, with “/” as %2F',
    answer: repositorySchema,
  },
  updateRepository: {
    method: 'PATCH',
    path: REPOSITORY,
    access: 'repository: repository-settings',
    summary: 'Change description or visibility',
    body: updateRepositorySchema,
    example: { visibility: 'internal' },
    answer: repositorySchema,
  },
  listTags: {
    method: 'GET',
    path: `${REPOSITORY}/tags`,
    access: 'repository: see',
    summary: 'The tags of a repository, by name',
    query: pageQuerySchema,
    answer: pageOf(tagSchema),
  },
  getTag: {
    method: 'GET',
    path: `${REPOSITORY}/tags/{tag}`,
    access: 'repository: see',
    summary: 'What a tag points at',
    answer: tagSchema,
  },
  deleteTag: {
    method: 'DELETE',
    path: `${REPOSITORY}/tags/{tag}`,
    access: 'repository: delete',
    summary: 'Delete a tag; its image stays while something else needs it',
  },
  getManifest: {
    method: 'GET',
    path: `${REPOSITORY}/manifests/{digest}`,
    access: 'repository: see',
    summary: 'Everything about one image: platforms, layers, config',
    answer: manifestSchema,
  },
  deleteManifest: {
    method: 'DELETE',
    path: `${REPOSITORY}/manifests/{digest}`,
    access: 'repository: delete',
    summary: 'Delete an image with all its tags',
  },
} as const satisfies Routes;
