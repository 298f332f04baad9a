import { API_PREFIX, encodeSegment } from '@stowage/contracts';
import type { VisibleRepository } from '@stowage/metadata';
import type { FastifyReply } from 'fastify';

/** Tells where what was deleted can be restored from; nothing when it is gone for good. */
export function locateEntry(reply: FastifyReply, { namespace }: VisibleRepository, entryId: string | null): void {
  if (entryId === null) return;
  void reply.header('location', `${API_PREFIX}/namespaces/${encodeSegment(namespace)}/trash/${entryId}`);
}
