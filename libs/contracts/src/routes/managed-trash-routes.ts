import { pageOf, pageQuerySchema } from '../page.js';
import { managedPurgeSchema, managedRestoreSchema, purgedSchema, restoredSchema, trashEntrySchema } from '../trash.js';
import type { Routes } from './route.js';

const TRASH = '/admin/namespaces/{namespace}/trash';
const ENTRY = `${TRASH}/{id}` as const;

export const managedTrashRoutes = {
  listManagedTrash: {
    method: 'GET',
    path: TRASH,
    access: 'administrator',
    summary: 'What was deleted in any namespace and can be restored, the newest first',
    query: pageQuerySchema,
    answer: pageOf(trashEntrySchema),
  },
  restoreManagedTrash: {
    method: 'POST',
    path: `${ENTRY}/restore`,
    access: 'administrator',
    inReadOnlyMode: 'refused',
    summary: 'Put something in the trash of any namespace back; the namespace’s log says who did, and why',
    description: '409 when its name is taken by now, or when what it was in is in the trash as well.',
    body: managedRestoreSchema,
    example: { reason: 'The owner asked for it: ticket 4711' },
    status: 200,
    answer: restoredSchema,
  },
  purgeManagedTrash: {
    method: 'POST',
    path: `${ENTRY}/purge`,
    access: 'administrator',
    inReadOnlyMode: 'refused',
    summary: 'Purge something in the trash of any namespace now, for good; the namespace’s log says who did, and why',
    description: 'What only it needs leaves quota and disk at once, without the delay of garbage collection.',
    body: managedPurgeSchema,
    example: { reason: 'The image holds a leaked key' },
    status: 200,
    answer: purgedSchema,
  },
} as const satisfies Routes;
