import type { Provider } from '@nestjs/common';
import type { PasswordHasher } from '@stowage/auth';
import type { Mailroom } from '@stowage/mail';
import {
  AccountAddresses,
  type Database,
  PasswordReset,
  PendingLinks,
  UserAdministration,
  UserStore,
} from '@stowage/metadata';
import type { AddressRules } from '../sign-up/address-rules.js';
import { AccountLinks } from './account-links.js';
import { AddressController } from './address.controller.js';
import { Addresses } from './addresses.js';
import { PasswordResetController } from './password-reset.controller.js';
import { PasswordResets } from './password-resets.js';
import { PendingLinkController } from './pending-link.controller.js';

export const RECOVERY_CONTROLLERS = [AddressController, PasswordResetController, PendingLinkController];

export interface Recovery {
  readonly links: AccountLinks;
  readonly addresses: AccountAddresses;
  readonly providers: Provider[];
}

/** What writes letters and makes links, and the controllers of this folder need. */
export function createRecovery(
  database: Database,
  {
    mailroom,
    hasher,
    addressRules,
  }: { readonly mailroom: Mailroom; readonly hasher: PasswordHasher; readonly addressRules: AddressRules },
): Recovery {
  const links = new AccountLinks(mailroom);
  const addresses = new AccountAddresses(database);
  const resets = new PasswordResets({
    users: new UserStore(database),
    managed: new UserAdministration(database),
    resets: new PasswordReset(database),
    links,
    hasher,
    mailroom,
  });
  const providers = [
    { provide: Addresses, useValue: new Addresses({ addresses, links, mailroom, rules: addressRules }) },
    { provide: PasswordResets, useValue: resets },
    { provide: PendingLinks, useValue: new PendingLinks(database) },
  ];
  return { links, addresses, providers };
}
