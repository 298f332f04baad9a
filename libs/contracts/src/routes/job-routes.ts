import {
  changeJobRunSchema,
  changeScheduledJobSchema,
  jobRunDetailSchema,
  jobRunQuerySchema,
  jobRunSchema,
  registryJobRunQuerySchema,
  scheduledJobListSchema,
  scheduledJobSchema,
} from '../job-runs.js';
import { overviewSchema } from '../overview.js';
import { pageOf } from '../page.js';
import type { Routes } from './route.js';

const RUNS = '/namespaces/{namespace}/jobs';

export const jobRoutes = {
  listJobRuns: {
    method: 'GET',
    path: RUNS,
    access: 'namespace: jobs',
    summary: 'The runs of jobs in a namespace, the newest first',
    query: jobRunQuerySchema,
    answer: pageOf(jobRunSchema),
  },
  getJobRun: {
    method: 'GET',
    path: `${RUNS}/{id}`,
    access: 'namespace: jobs',
    summary: 'A run: how far it is, and the last lines of its log',
    answer: jobRunDetailSchema,
  },
  changeJobRun: {
    method: 'PATCH',
    path: `${RUNS}/{id}`,
    access: 'namespace: jobs',
    summary: 'Cancel, pause, resume or retry a run',
    body: changeJobRunSchema,
    example: { wish: 'cancel' },
    answer: jobRunSchema,
  },
} as const satisfies Routes;

export const jobAdministrationRoutes = {
  getOverview: {
    method: 'GET',
    path: '/admin/overview',
    access: 'administrator',
    summary: 'What the registry holds, and whether its jobs are well',
    answer: overviewSchema,
  },
  listRegistryJobRuns: {
    method: 'GET',
    path: '/admin/jobs',
    access: 'administrator',
    summary: 'The runs of jobs, of everybody, the newest first',
    query: registryJobRunQuerySchema,
    answer: pageOf(jobRunSchema),
  },
  getRegistryJobRun: {
    method: 'GET',
    path: '/admin/jobs/{id}',
    access: 'administrator',
    summary: 'A run: how far it is, why it failed, and the last lines of its log',
    answer: jobRunDetailSchema,
  },
  changeRegistryJobRun: {
    method: 'PATCH',
    path: '/admin/jobs/{id}',
    access: 'administrator',
    summary: 'Cancel, pause, resume or retry a run, or say that its failure was seen',
    body: changeJobRunSchema,
    example: { wish: 'cancel' },
    answer: jobRunSchema,
  },
  listScheduledJobs: {
    method: 'GET',
    path: '/admin/scheduled-jobs',
    access: 'administrator',
    summary: 'The jobs that run again and again: how the last turn went, and when the next one is',
    answer: scheduledJobListSchema,
  },
  changeScheduledJob: {
    method: 'PATCH',
    path: '/admin/scheduled-jobs/{name}',
    access: 'administrator',
    summary: 'Pause or resume a scheduled job',
    body: changeScheduledJobSchema,
    example: { paused: true },
    answer: scheduledJobSchema,
  },
  runScheduledJob: {
    method: 'POST',
    path: '/admin/scheduled-jobs/{name}/turns',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Let a scheduled job run now, also one that is paused',
    status: 202,
    answer: scheduledJobSchema,
  },
} as const satisfies Routes;
