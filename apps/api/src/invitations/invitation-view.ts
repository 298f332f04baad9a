import type { Invitation, InvitationOffer } from '@stowage/contracts';
import type { InvitationOffer as OfferRecord, InvitationRecord } from '@stowage/metadata';

export function toInvitation({ id, email, role, invitedBy, createdAt, expiresAt }: InvitationRecord): Invitation {
  return {
    id,
    email,
    role,
    invitedBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isExpired: expiresAt.getTime() <= Date.now(),
  };
}

export function toOffer({ namespace, displayName, role, invitedBy, email, expiresAt }: OfferRecord): InvitationOffer {
  return { namespace, displayName, role, invitedBy, email, expiresAt: expiresAt.toISOString() };
}
