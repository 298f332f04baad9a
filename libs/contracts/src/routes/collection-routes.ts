import {
  collectionPauseSchema,
  collectionRunDetailSchema,
  collectionRunSchema,
  collectionStatusSchema,
  putCollectionPauseSchema,
  startCollectionSchema,
  startedStorageCheckSchema,
  storageFindingsSchema,
} from '../garbage-collection.js';
import { pageOf, pageQuerySchema } from '../page.js';
import type { Routes } from './route.js';

export const collectionRoutes = {
  getCollection: {
    method: 'GET',
    path: '/admin/gc',
    access: 'administrator',
    summary: 'Garbage collection: whether it is paused, what it has before it, what it has freed',
    answer: collectionStatusSchema,
  },
  pauseCollection: {
    method: 'PUT',
    path: '/admin/gc/pause',
    access: 'administrator',
    summary: 'Stop collecting on every replica within seconds; pushes, pulls and deletes go on',
    body: putCollectionPauseSchema,
    example: { reason: 'Restoring a backup of the storage' },
    answer: collectionPauseSchema,
  },
  resumeCollection: {
    method: 'DELETE',
    path: '/admin/gc/pause',
    access: 'administrator',
    summary: 'Go on collecting',
  },
  listCollectionRuns: {
    method: 'GET',
    path: '/admin/gc/runs',
    access: 'administrator',
    summary: 'What was collected, the newest first: by hour, and each run that somebody asked for',
    query: pageQuerySchema,
    answer: pageOf(collectionRunSchema),
  },
  startCollection: {
    method: 'POST',
    path: '/admin/gc/runs',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Collect what is due now, or say what would go',
    description:
      'A run looks at all that is due, and again at what has failed; with `dryRun` it changes nothing and lists what would go now and later. While a run of the same kind is not over, the answer is that one. Paused: 409.',
    body: startCollectionSchema,
    example: { dryRun: true },
    answer: collectionRunSchema,
    status: 202,
  },
  getCollectionRun: {
    method: 'GET',
    path: '/admin/gc/runs/{id}',
    access: 'administrator',
    summary: 'One of them, with what a dry run has found',
    answer: collectionRunDetailSchema,
  },
  getStorageFindings: {
    method: 'GET',
    path: '/admin/gc/storage',
    access: 'administrator',
    summary: 'Where storage and rows do not fit: strays, lost and damaged blobs',
    answer: storageFindingsSchema,
  },
  startStorageCheck: {
    method: 'POST',
    path: '/admin/gc/storage-checks',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Hold the storage against the rows, both ways, and read some of the bytes again',
    answer: startedStorageCheckSchema,
    status: 202,
  },
} as const satisfies Routes;
