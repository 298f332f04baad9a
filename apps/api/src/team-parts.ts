import type { Provider, Type } from '@nestjs/common';
import { Mailroom } from '@stowage/mail';
import {
  InvitationStore,
  MemberStore,
  NamespaceRenaming,
  NamespaceStore,
  type ReadOnlyModes,
  RepositoryTransfers,
  StandingStore,
  UsageReport,
  UsageSamples,
  UserGrants,
} from '@stowage/metadata';
import type { ApiOptions } from './api-options.js';
import { InvitationController } from './invitations/invitation.controller.js';
import { InvitationLinkController } from './invitations/invitation-link.controller.js';
import { Invitations } from './invitations/invitations.js';
import { MACHINE_CONTROLLERS, machineProviders } from './machine-parts.js';
import { MemberController } from './namespaces/member.controller.js';
import { NamespaceAccess } from './namespaces/namespace-access.js';
import { NamespaceNameController } from './namespaces/namespace-name.controller.js';
import { UserGrantController } from './namespaces/user-grant.controller.js';
import { NamespaceController } from './namespaces/namespace.controller.js';
import { TransferController } from './transfers/transfer.controller.js';
import { TrustRuleController } from './trust-rules/trust-rule.controller.js';
import { UsageController } from './usage/usage.controller.js';
import { trustRuleProviders } from './trust-rules/trust-rule-providers.js';

/** Namespaces, who is in them, their robots, and which jobs they let in. */
export const TEAM_CONTROLLERS: Type[] = [
  NamespaceController,
  UsageController,
  MemberController,
  UserGrantController,
  NamespaceNameController,
  InvitationController,
  InvitationLinkController,
  ...MACHINE_CONTROLLERS,
  TrustRuleController,
  TransferController,
];

/** What the team's controllers stand on, besides the module's own providers. */
export function teamProviders(options: ApiOptions, modes: ReadOnlyModes): Provider[] {
  const { database } = options;
  const namespaces = new NamespaceStore(database);
  return [
    { provide: NamespaceStore, useValue: namespaces },
    { provide: NamespaceAccess, useValue: new NamespaceAccess(namespaces, new StandingStore(database), modes) },
    { provide: NamespaceRenaming, useValue: new NamespaceRenaming(database) },
    { provide: RepositoryTransfers, useValue: new RepositoryTransfers(database) },
    { provide: UserGrants, useValue: new UserGrants(database) },
    { provide: UsageReport, useValue: new UsageReport(database) },
    { provide: UsageSamples, useValue: new UsageSamples(database) },
    { provide: MemberStore, useValue: new MemberStore(database) },
    { provide: InvitationStore, useValue: new InvitationStore(database) },
    {
      provide: Invitations,
      useFactory: (store: InvitationStore, mailroom: Mailroom) => new Invitations({ store, mailroom }),
      inject: [InvitationStore, Mailroom],
    },
    ...machineProviders(database),
    ...trustRuleProviders(options),
  ];
}
