export * from './actor.js';
export { recordAudit } from './audit.js';
export { AuditSeals, markRedacted } from './auditing/audit-seals.js';
export {
  type AuditChainBreak,
  type AuditChainHead,
  type AuditChainState,
  type AuditVerification,
  AuditVerifier,
} from './auditing/audit-verification.js';
export { type AuditFilter, AuditLog, type AuditRecord } from './auditing/audit-log.js';
export { type Refusal, RefusalLog } from './auditing/refusal-log.js';
export * from './browsing/manifest-listing.js';
export { type RegistryTotals, registryTotals } from './browsing/registry-totals.js';
export * from './browsing/repository-listing.js';
export type { Position, Positioned, SortedPage } from './browsing/sorted-page.js';
export * from './browsing/tag-listing.js';
export {
  type Amount,
  type CollectionForecast,
  forecastCollection,
  type NamespaceForecast,
} from './collection/collection-forecast.js';
export { type CollectionCounts, CollectionLog } from './collection/collection-log.js';
export { type CollectionPauseRecord, CollectionPauses } from './collection/collection-pauses.js';
export {
  COLLECTION_KINDS,
  type CollectionRunRecord,
  CollectionRuns,
  type FreedBytes,
} from './collection/collection-runs.js';
export { STORAGE_CHECK_KIND, StorageChecks } from './collection/storage-checks.js';
export { type StorageFindingRecord, StorageInventory, type StoredBlob } from './collection/storage-inventory.js';
export { type Backlog, GarbageStore, type JudgedQueue } from './collection/garbage-store.js';
export type { Claim, ReviewQueue } from './collection/review-queue.js';
export type { Verdict, Verdicts } from './collection/verdict.js';
export * from './database.js';
export * from './database-errors.js';
export * from './identity/access-token-store.js';
export {
  type ExternalIdentityRecord,
  ExternalIdentityStore,
  type NewExternalIdentity,
} from './identity/external-identity-store.js';
export * from './identity/account-addresses.js';
export { type AccountLinkPurpose, newLinkId, type NewAccountLink } from './identity/account-link.js';
export * from './identity/account-deletion.js';
export * from './identity/account-export.js';
export {
  type AccountConversion,
  type AccountConversionOutcome,
  convertAccount,
} from './identity/account-conversion.js';
export { type AccountRenaming, type AccountRenamingOutcome, renameAccount } from './identity/account-renaming.js';
export {
  type IdempotencyClaim,
  type IdempotentRequest,
  IdempotentRequests,
} from './idempotency/idempotent-requests.js';
export { FormerUsernames } from './identity/former-usernames.js';
export * from './identity/acting-store.js';
export * from './identity/administrator-setup.js';
export { networkOf } from './identity/network.js';
export * from './identity/passkey-store.js';
export { changePassword, type PasswordChange } from './identity/password-change.js';
export * from './identity/password-reset.js';
export * from './identity/refresh-token-store.js';
export {
  type SessionContent,
  type SessionRecord,
  SessionStore,
  sessionRecordId,
} from './identity/session-store.js';
export * from './identity/second-factor-check.js';
export * from './identity/second-factor-reset.js';
export * from './identity/second-factor-store.js';
export * from './identity/setting-store.js';
export { SignInNetworks } from './identity/sign-in-networks.js';
export {
  type NewSignUpInvitation,
  NotInvitedError,
  type SignUpInvitationRecord,
  SignUpInvitationStore,
} from './identity/sign-up-invitation-store.js';
export { type TakeOver, type TakeOverOutcome, takeOverNamespace } from './tenancy/namespace-take-over.js';
export { SignUpDomainStore } from './identity/sign-up-domain-store.js';
export {
  RegistrySettings,
  type RegistrySettingsChange,
  type RegistrySettingsRecord,
} from './identity/registry-settings.js';
export * from './identity/signing-key-rotation.js';
export * from './identity/signing-key-store.js';
export * from './identity/user-administration.js';
export {
  NameTakenError,
  type NewUser,
  type UserCredentials,
  type UserRecord,
  UserStore,
  type Welcome,
} from './identity/user-store.js';
export { type ClaimedJobRun, JobRunClaims, type RunnableKinds } from './jobs/job-run-claims.js';
export type * from './jobs/job-run-progress.js';
export * from './jobs/job-runs.js';
export { type JobsOverview, jobsOverview } from './jobs/jobs-overview.js';
export { type ScheduledJobRecord, ScheduledJobs } from './jobs/scheduled-jobs.js';
export { type ScheduledTurn, ScheduledTurns, type TurnOrders } from './jobs/scheduled-turns.js';
export { type NewJobRun, type StartedJobRun, startJobRun } from './jobs/start-job-run.js';
export { hashedKey, type RateLimit, RateLimitedError, type RateStanding } from './limiting/rate-limit.js';
export { RateLimiter } from './limiting/rate-limiter.js';
export { type ClaimedMail, MailQueue, type QueuedMail, queueMail, withdrawMail } from './mail/mail-queue.js';
export { type PendingLinkRecord, PendingLinks } from './mail/pending-links.js';
export { MigrationError, migrate } from './migrate.js';
export { ReadOnlyError, type ReadOnlyNotice } from './read-only/read-only-error.js';
export { ReadOnlyModes, type ReadOnlyRecord, type ReadOnlyScope } from './read-only/read-only-modes.js';
export { type BlobRecord, BlobStore, newGeneration, type UnlinkOutcome } from './registry/blob-store.js';
export { CatalogStore } from './registry/catalog-store.js';
export { type CountedLimit, LimitExceededError } from './quota/hold-to-limit.js';
export { shownLimit, toLimits } from './quota/limits.js';
export { changeQuota, type QuotaChange } from './quota/namespace-quota.js';
export { hasDrifted, type UsageDrift, UsageRecount } from './quota/recount.js';
export { RECOUNT_KIND, requestRecount, startDueRecount } from './quota/recount-runs.js';
export { type FreeingManifest, type RepositoryUsage, type UsageBreakdown, UsageReport } from './quota/usage-report.js';
export { type UsageSample, UsageSamples } from './quota/usage-samples.js';
export { announceThresholds, type ThresholdCrossing, USAGE_THRESHOLDS } from './quota/usage-thresholds.js';
export { type PlanChange, type PlanDeletion, type PlanRecord, PlanStore } from './quota/plan-store.js';
export { QuotaExceededError } from './registry/charges.js';
export type { DeleteManifestOutcome } from './registry/manifest-deletion.js';
export { type ImagePlatform, type ManifestPush, pushManifest } from './registry/manifest-push.js';
export { ReferenceMissingError, ReferenceSizeError } from './registry/manifest-references.js';
export * from './registry/manifest-store.js';
export { type ReferrerPage, type ReferrerRecord, ReferrerStore } from './registry/referrer-store.js';
export {
  CreateOnPushOffError,
  RepositoryGoneError,
  type RepositoryRecord,
  RepositoryStore,
} from './registry/repository-store.js';
export { PullLog } from './registry/pull-log.js';
export { ReviewPostponement } from './registry/review-postponement.js';
export type { ReviewDelay } from './registry/reviews.js';
export { type TagExpectation, TagMovedError, TagStore } from './registry/tag-store.js';
export { LEASE_RENEWAL_MS } from './registry/upload-claims.js';
export type * from './registry/upload-session.js';
export { type UploadAdmission, UploadSessionStore } from './registry/upload-session-store.js';
export { type CandidateTag, RetentionCandidates } from './retention/retention-candidates.js';
export { type JudgedRepository, RetentionJudgement } from './retention/retention-judgement.js';
export { RetainedRepositories } from './retention/retained-repositories.js';
export { type DoomedTag, type RetentionBatch, RetentionDeletion } from './retention/retention-deletion.js';
export { RetentionEffect } from './retention/retention-effect.js';
export {
  RetentionPolicyStore,
  type RetentionScope,
  type StoredRetention,
} from './retention/retention-policy-store.js';
export { type RetentionResultRecord, RetentionResults } from './retention/retention-results.js';
export { RETENTION_RUN, type RetentionRunPayload, RetentionSchedule } from './retention/retention-schedule.js';
export { ImmutabilityStore, type StoredRules } from './tag-rules/immutability-store.js';
export { LayerTooLargeError } from './quota/hold-to-layer-limit.js';
export { ImmutableTagError, rulesInForce } from './tag-rules/immutable-tags.js';
export { TagNames } from './tag-rules/tag-names.js';
export {
  differenceOfGrants,
  ForeignGrantError,
  type GrantHolder,
  GrantStore,
  listGrants,
  replaceGrants,
} from './tenancy/grant-store.js';
export * from './tenancy/accept-invitation.js';
export * from './tenancy/invitation-store.js';
export { type MemberChange, type MemberRecord, type MemberSort, MemberStore } from './tenancy/member-store.js';
export { MAX_OLD_NAMES } from './tenancy/name-change.js';
export * from './tenancy/namespace-renaming.js';
export * from './tenancy/repository-transfers.js';
export * from './tenancy/user-grants.js';
export { NamespaceNameTakenError } from './tenancy/namespace-names.js';
export {
  type NamespaceRecord,
  type NamespaceSettings,
  NamespaceStore,
  type NamespaceUsage,
  type NewNamespace,
} from './tenancy/namespace-store.js';
export { type ManagedNamespaceRecord, NamespaceAdministration } from './tenancy/namespace-administration.js';
export type { RobotRecord, RobotSecretRecord } from './tenancy/robot-record.js';
export { RobotSecretStore } from './tenancy/robot-secret-store.js';
export { type RobotChange, type RobotSort, RobotStore, type RobotTarget } from './tenancy/robot-store.js';
export * from './tenancy/standing-store.js';
export { JobSessionStore, type JobSession } from './tenancy/job-session-store.js';
export * from './tenancy/trust-rule-store.js';
export { type TrustedRule, TrustRuleCandidates } from './tenancy/trust-rule-candidates.js';
export { BULK_DELETION_RUN, BulkRuns, RUN_RESTORATION_RUN, type RunEntry } from './trash/bulk-runs.js';
export { BulkSelection } from './trash/bulk-selection.js';
export { type DeletionPreview, DeletionPreviews } from './trash/deletion-preview.js';
export type { DeletionTerms } from './trash/deletion-terms.js';
export { type TagEventRecord, TagHistory } from './trash/tag-history.js';
export { Deletions } from './trash/deletions.js';
export { TrashPurge, type PurgeOutcome } from './trash/purge.js';
export type { Restoration, RestoreObstacle, RestoreOutcome } from './trash/restoration.js';
export { restoreEntry } from './trash/restore.js';
export {
  type DeletedTag,
  deleteTagsWithin,
  MAX_TAGS_AT_ONCE,
  type TagDeletion,
  type TagToDelete,
} from './trash/tag-deletion.js';
export { type TrashKind, TrashListings, type TrashPlace, type TrashRecord } from './trash/trash-listing.js';
