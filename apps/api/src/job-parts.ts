import type { Provider, Type } from '@nestjs/common';
import { type Database, JobRuns, ReadOnlyModes, ScheduledJobs } from '@stowage/metadata';
import { JobRunAnswers } from './jobs/job-run-answers.js';
import { NamespaceJobController } from './jobs/namespace-job.controller.js';
import { OverviewController } from './jobs/overview.controller.js';
import { RegistryJobController } from './jobs/registry-job.controller.js';
import { RegistryOverview } from './jobs/registry-overview.js';
import { ScheduledJobController } from './jobs/scheduled-job.controller.js';
import { ManagedReadOnlyController } from './read-only/managed-read-only.controller.js';
import { ReadOnlyController } from './read-only/read-only.controller.js';

/** Work in the background, and times in which content may not be changed. */
export const JOB_CONTROLLERS: Type[] = [
  NamespaceJobController,
  RegistryJobController,
  ScheduledJobController,
  OverviewController,
  ReadOnlyController,
  ManagedReadOnlyController,
];

export function jobProviders(database: Database, modes: ReadOnlyModes): Provider[] {
  return [
    { provide: JobRunAnswers, useValue: new JobRunAnswers(new JobRuns(database)) },
    { provide: ScheduledJobs, useValue: new ScheduledJobs(database) },
    { provide: RegistryOverview, useValue: new RegistryOverview(database) },
    { provide: ReadOnlyModes, useValue: modes },
  ];
}
