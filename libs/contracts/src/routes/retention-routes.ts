import { pageOf } from '../page.js';
import {
  retentionPreviewQuerySchema,
  retentionPreviewSchema,
  retentionResultQuerySchema,
  retentionResultSchema,
  retentionSchema,
  setRetentionSchema,
  startedRunSchema,
} from '../retention.js';
import type { Routes } from './route.js';

const OF_NAMESPACE = '/namespaces/{namespace}/retention-policy';
const OF_REPOSITORY = '/namespaces/{namespace}/repositories/{repository}/retention-policy';

const example = {
  policy: {
    rules: [
      { tags: ['pr-*'], keep: { kind: 'pushed-within', days: 14 } },
      { tags: ['*'], except: ['pr-*'], keep: { kind: 'newest-pushed', count: 20 } },
      { tags: ['v*'], keep: { kind: 'newest-versions', count: 3, per: 'minor' } },
    ],
    guards: { latest: true, inIndex: true, pulledWithinDays: 30 },
    schedule: '0 3 * * *',
  },
};

/** Tags that go by themselves. */
export const retentionRoutes = {
  getRetention: {
    method: 'GET',
    path: OF_NAMESPACE,
    access: 'namespace: browse',
    summary: 'Which tags of a namespace are kept',
    answer: retentionSchema,
  },
  setRetention: {
    method: 'PUT',
    path: OF_NAMESPACE,
    access: 'namespace: repository-settings',
    summary: 'Say which tags of a namespace are kept',
    description:
      'A tag goes when a rule is about it and none that is about it keeps it; what no rule is about stays. Ages are those of ' +
      'the push of the tag. Immutable tags never go, and neither does what the guards name. Repositories with a policy of ' +
      'their own are not touched.',
    body: setRetentionSchema,
    example,
    answer: retentionSchema,
  },
  previewRetention: {
    method: 'POST',
    path: `${OF_NAMESPACE}/preview`,
    access: 'namespace: repository-settings',
    inReadOnlyMode: 'goes on',
    summary: 'What a policy would do with each tag now, and why; nothing is changed',
    query: retentionPreviewQuerySchema,
    body: setRetentionSchema,
    example,
    answer: retentionPreviewSchema,
    status: 200,
  },
  runRetention: {
    method: 'POST',
    path: `${OF_NAMESPACE}/runs`,
    access: 'namespace: repository-settings',
    idempotencyKey: 'taken',
    summary: 'Apply the policy of a namespace now; one that is at work already is answered instead',
    answer: startedRunSchema,
    status: 202,
  },
  listRetentionResults: {
    method: 'GET',
    path: '/namespaces/{namespace}/retention-results',
    access: 'namespace: browse',
    summary: 'What retention did with tags in the last 90 days, newest first',
    query: retentionResultQuerySchema,
    answer: pageOf(retentionResultSchema),
  },
  getRepositoryRetention: {
    method: 'GET',
    path: OF_REPOSITORY,
    access: 'repository: push',
    summary: 'Which tags of a repository are kept: by its own policy, or by that of its namespace',
    answer: retentionSchema,
  },
  setRepositoryRetention: {
    method: 'PUT',
    path: OF_REPOSITORY,
    access: 'repository: repository-settings',
    summary: 'Give a repository a policy of its own, or that of its namespace again',
    body: setRetentionSchema,
    example,
    answer: retentionSchema,
  },
  previewRepositoryRetention: {
    method: 'POST',
    path: `${OF_REPOSITORY}/preview`,
    access: 'repository: repository-settings',
    inReadOnlyMode: 'goes on',
    summary: 'What a policy would do with each tag of a repository now, and why; nothing is changed',
    query: retentionPreviewQuerySchema,
    body: setRetentionSchema,
    example,
    answer: retentionPreviewSchema,
    status: 200,
  },
  runRepositoryRetention: {
    method: 'POST',
    path: `${OF_REPOSITORY}/runs`,
    access: 'repository: repository-settings',
    idempotencyKey: 'taken',
    summary: 'Apply the own policy of a repository now; one that is at work already is answered instead',
    answer: startedRunSchema,
    status: 202,
  },
} as const satisfies Routes;
