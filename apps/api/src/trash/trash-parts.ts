import type { Provider, Type } from '@nestjs/common';
import {
  BulkRuns,
  BulkSelection,
  DeletionPreviews,
  Deletions,
  TagHistory,
  TrashListings,
  TrashPurge,
} from '@stowage/metadata';
import type { ApiOptions } from '../api-options.js';
import { BulkDeletionController } from './bulk-deletion.controller.js';
import { DeletionController } from './deletion.controller.js';
import { TagHistoryController } from './tag-history.controller.js';
import { TrashController } from './trash.controller.js';
import { TrashedNamespaceController } from './trashed-namespace.controller.js';

/** Deleting, and undoing it. */
export const TRASH_CONTROLLERS: Type[] = [
  TrashController,
  TrashedNamespaceController,
  DeletionController,
  BulkDeletionController,
  TagHistoryController,
];

/** What they stand on, besides the module's own providers. */
export function trashProviders({ database, reviewDelaySeconds, trashRetentionSeconds }: ApiOptions): Provider[] {
  const delay = { seconds: reviewDelaySeconds };
  const terms = { trashSeconds: trashRetentionSeconds, delay };
  return [
    { provide: Deletions, useValue: new Deletions(database, terms) },
    { provide: DeletionPreviews, useValue: new DeletionPreviews(database, terms) },
    { provide: BulkSelection, useValue: new BulkSelection(database) },
    { provide: BulkRuns, useValue: new BulkRuns(database) },
    { provide: TagHistory, useValue: new TagHistory(database, terms) },
    { provide: TrashListings, useValue: new TrashListings(database) },
    { provide: TrashPurge, useValue: new TrashPurge(database, delay) },
  ];
}
