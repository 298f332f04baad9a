import type { Provider, Type } from '@nestjs/common';
import { generateSigningKey } from '@stowage/auth';
import {
  ActingStore,
  AuditLog,
  AuditVerifier,
  CollectionPauses,
  CollectionRuns,
  GarbageStore,
  NamespaceAdministration,
  type ReadOnlyModes,
  PlanStore,
  SigningKeyRotation,
  SigningKeyStore,
  StorageChecks,
  StorageInventory,
  UserAdministration,
  UserStore,
} from '@stowage/metadata';
import { SessionCallers } from './access/session-callers.js';
import { ActingController } from './administration/acting.controller.js';
import { AuditChainController } from './administration/audit-chain.controller.js';
import { CollectionController } from './administration/collection.controller.js';
import { ManagedNamespaceController } from './administration/managed-namespace.controller.js';
import { PlanController } from './administration/plan.controller.js';
import { RecountController } from './administration/recount.controller.js';
import { RegistryAuditController } from './administration/registry-audit.controller.js';
import { ReviewDelaySeconds } from './administration/review-delay.js';
import { SigningKeyController } from './administration/signing-key.controller.js';
import { StorageCheckController } from './administration/storage-check.controller.js';
import { ManagedTrashController } from './administration/managed-trash.controller.js';
import { TakeOverController } from './administration/take-over.controller.js';
import { UserController } from './administration/user.controller.js';
import type { ApiOptions } from './api-options.js';
import { AuditAnswers } from './audit/audit-answers.js';
import { NamespaceAuditController } from './audit/namespace-audit.controller.js';
import { jobProviders } from './job-parts.js';

/** What administrators of the whole registry do, and the audit log. */
export const ADMINISTRATION_CONTROLLERS: Type[] = [
  SigningKeyController,
  UserController,
  ActingController,
  ManagedNamespaceController,
  ManagedTrashController,
  TakeOverController,
  PlanController,
  CollectionController,
  RecountController,
  StorageCheckController,
  NamespaceAuditController,
  RegistryAuditController,
  AuditChainController,
];

export function administrationProviders(
  { database, signingKeyTimes, reviewDelaySeconds }: ApiOptions,
  modes: ReadOnlyModes,
): Provider[] {
  const acting = new ActingStore(database);
  return [
    ...jobProviders(database, modes),
    { provide: AuditAnswers, useValue: new AuditAnswers(new AuditLog(database)) },
    { provide: AuditVerifier, useValue: new AuditVerifier(database) },
    { provide: ActingStore, useValue: acting },
    { provide: SessionCallers, useValue: new SessionCallers({ users: new UserStore(database), acting }) },
    { provide: StorageInventory, useValue: new StorageInventory(database) },
    { provide: StorageChecks, useValue: new StorageChecks(database) },
    { provide: CollectionRuns, useValue: new CollectionRuns(database) },
    { provide: CollectionPauses, useValue: new CollectionPauses(database) },
    { provide: GarbageStore, useValue: new GarbageStore(database, { seconds: reviewDelaySeconds }) },
    { provide: ReviewDelaySeconds, useValue: new ReviewDelaySeconds(reviewDelaySeconds) },
    { provide: NamespaceAdministration, useValue: new NamespaceAdministration(database) },
    { provide: PlanStore, useValue: new PlanStore(database) },
    { provide: UserAdministration, useValue: new UserAdministration(database) },
    { provide: SigningKeyStore, useValue: new SigningKeyStore(database) },
    {
      provide: SigningKeyRotation,
      useValue: new SigningKeyRotation(database, { ...signingKeyTimes, generate: generateSigningKey }),
    },
  ];
}
