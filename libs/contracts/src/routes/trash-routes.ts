import { bulkFilterSchema, bulkPreviewSchema } from '../bulk-deletion.js';
import { pageOf, pageQuerySchema } from '../page.js';
import { tagSchema } from '../repositories.js';
import { startedRunSchema } from '../retention.js';
import {
  deletePreviewSchema,
  purgedSchema,
  restoredSchema,
  restoreSchema,
  restoreTagSchema,
  tagEventSchema,
  trashEntrySchema,
} from '../trash.js';
import { z } from 'zod';
import type { Routes } from './route.js';

const NAMESPACE = '/namespaces/{namespace}';
const REPOSITORY = `${NAMESPACE}/repositories/{repository}` as const;
const ENTRY = `${NAMESPACE}/trash/{id}` as const;
const LOCATION = 'The answer’s `Location` is its entry in the trash, from which it can be restored.';

export const trashRoutes = {
  listTrash: {
    method: 'GET',
    path: `${NAMESPACE}/trash`,
    access: 'namespace: delete',
    summary: 'What was deleted in a namespace and can be restored, the newest first',
    query: pageQuerySchema,
    answer: pageOf(trashEntrySchema),
  },
  getTrashEntry: {
    method: 'GET',
    path: ENTRY,
    access: 'namespace: delete',
    summary: 'One thing in the trash',
    answer: trashEntrySchema,
  },
  restoreFromTrash: {
    method: 'POST',
    path: `${ENTRY}/restore`,
    access: 'namespace: delete',
    summary: 'Put something in the trash back to where it was',
    description: '409 when its name is taken by now, or when what it was in is in the trash as well.',
    body: restoreSchema,
    example: {},
    status: 200,
    answer: restoredSchema,
  },
  purgeFromTrash: {
    method: 'DELETE',
    path: ENTRY,
    access: 'namespace: namespace-settings',
    summary: 'Purge something in the trash now, for good',
    description: 'What only it needs leaves quota and disk at once, without the delay of garbage collection.',
    answer: purgedSchema,
  },
  deleteRepository: {
    method: 'DELETE',
    path: REPOSITORY,
    access: 'repository: repository-settings',
    summary: 'Delete a repository with all that is in it',
    description: `${LOCATION} Who may change the rules of immutable tags deletes what they hold as well; 409 for others.`,
  },
  deleteNamespace: {
    method: 'DELETE',
    path: NAMESPACE,
    access: 'namespace: namespace-settings',
    summary: 'Delete a namespace of an organisation with all its repositories',
    description: `${LOCATION} Its name is nobody’s as long as it can be restored, and for 90 days more.`,
  },
  previewTagDeletion: {
    method: 'GET',
    path: `${REPOSITORY}/tags/{tag}/delete-preview`,
    access: 'repository: delete',
    summary: 'What deleting a tag would take',
    answer: deletePreviewSchema,
  },
  previewManifestDeletion: {
    method: 'GET',
    path: `${REPOSITORY}/manifests/{digest}/delete-preview`,
    access: 'repository: delete',
    summary: 'What deleting an image would take',
    answer: deletePreviewSchema,
  },
  previewRepositoryDeletion: {
    method: 'GET',
    path: `${REPOSITORY}/delete-preview`,
    access: 'repository: repository-settings',
    summary: 'What deleting a repository would take',
    answer: deletePreviewSchema,
  },
  previewNamespaceDeletion: {
    method: 'GET',
    path: `${NAMESPACE}/delete-preview`,
    access: 'namespace: namespace-settings',
    summary: 'What deleting a namespace would take',
    answer: deletePreviewSchema,
  },
  previewBulkDeletion: {
    method: 'POST',
    path: `${REPOSITORY}/bulk-deletion/preview`,
    access: 'repository: delete',
    summary: 'What deleting by a filter would take',
    body: bulkFilterSchema,
    example: { tags: ['pr-*'], olderThanDays: 30 },
    status: 200,
    answer: bulkPreviewSchema,
  },
  startBulkDeletion: {
    method: 'POST',
    path: `${REPOSITORY}/bulk-deletion`,
    access: 'repository: delete',
    idempotencyKey: 'taken',
    summary: 'Delete by a filter: a run that can be looked at, and undone as a whole',
    body: bulkFilterSchema,
    example: { tags: ['pr-*'], olderThanDays: 30 },
    status: 202,
    answer: startedRunSchema,
  },
  restoreRun: {
    method: 'POST',
    path: `${NAMESPACE}/trash/runs/{id}/restore`,
    access: 'namespace: delete',
    idempotencyKey: 'taken',
    summary: 'Put back all that one run has deleted; a run of its own',
    status: 202,
    answer: startedRunSchema,
  },
  listTrashedNamespaces: {
    method: 'GET',
    path: '/trashed-namespaces',
    access: 'signed-in',
    summary: 'Deleted namespaces that the caller owned; for administrators all of them',
    answer: z.object({ items: z.array(trashEntrySchema) }),
  },
  restoreNamespace: {
    method: 'POST',
    path: '/trashed-namespaces/{id}/restore',
    access: 'signed-in',
    inReadOnlyMode: 'refused',
    summary: 'Restore a namespace with its names, its members and its repositories',
    status: 200,
    answer: restoredSchema,
  },
  purgeNamespace: {
    method: 'DELETE',
    path: '/trashed-namespaces/{id}',
    access: 'signed-in',
    inReadOnlyMode: 'refused',
    summary: 'Purge a deleted namespace now, for good',
    answer: purgedSchema,
  },
} as const satisfies Routes;

export const tagHistoryRoutes = {
  listTagHistory: {
    method: 'GET',
    path: `${REPOSITORY}/tags/{tag}/history`,
    access: 'repository: see',
    summary: 'What a tag has pointed at, the newest first; also of one that was deleted',
    query: pageQuerySchema,
    answer: pageOf(tagEventSchema),
  },
  restoreTag: {
    method: 'POST',
    path: `${REPOSITORY}/tags/{tag}/restore`,
    access: 'repository: delete',
    summary: 'Put a tag back to an image that it pointed at before',
    description: '409 when the image is gone, or an immutability rule keeps the tag where it is.',
    body: restoreTagSchema,
    example: { digest: `sha256:${'0'.repeat(64)}` },
    status: 200,
    answer: tagSchema,
  },
} as const satisfies Routes;
