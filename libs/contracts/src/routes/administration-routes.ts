import { sessionSchema } from '../accounts.js';
import { changeUserSchema, managedUserSchema, userQuerySchema } from '../administration.js';
import { auditChainSchema, auditVerificationQuerySchema, auditVerificationSchema } from '../audit-chain.js';
import { AUDIT_MEDIA_TYPES, auditEventSchema, auditExportSchema, auditQuerySchema } from '../audit-events.js';
import { managedNamespaceQuerySchema, managedNamespaceSchema } from '../managed-namespaces.js';
import { pageOf } from '../page.js';
import { changePlanSchema, createPlanSchema, planSchema, putQuotaSchema } from '../plans.js';
import { rotatedSigningKeySchema, signingKeyListSchema } from '../signing-keys.js';
import { requestedRecountSchema, requestRecountSchema } from '../usage.js';
import type { Routes } from './route.js';

export const administrationRoutes = {
  listUsers: {
    method: 'GET',
    path: '/admin/users',
    access: 'administrator',
    summary: 'Every user, by name',
    query: userQuerySchema,
    answer: pageOf(managedUserSchema),
  },
  changeUser: {
    method: 'PATCH',
    path: '/admin/users/{username}',
    access: 'administrator',
    summary: 'Disable or enable a user, give or take administration',
    body: changeUserSchema,
    example: { disabled: true },
    answer: managedUserSchema,
  },
  resetSecondFactors: {
    method: 'DELETE',
    path: '/admin/users/{username}/second-factors',
    access: 'administrator',
    summary: 'Take the second factors of somebody who has lost them away; all their sessions end',
  },
  actAs: {
    method: 'POST',
    path: '/admin/users/{username}/acting',
    access: 'administrator',
    summary: 'Act in somebody’s place for half an hour; audit rows name both',
    answer: sessionSchema,
    status: 200,
  },
  listManagedNamespaces: {
    method: 'GET',
    path: '/admin/namespaces',
    access: 'administrator',
    summary: 'Every namespace, by name: how much it stores, and who owns it',
    query: managedNamespaceQuerySchema,
    answer: pageOf(managedNamespaceSchema),
  },
  putQuota: {
    method: 'PUT',
    path: '/admin/namespaces/{namespace}/quota',
    access: 'administrator',
    summary: 'The plan of a namespace, and limits of its own: how much it may store, and how many it may have',
    body: putQuotaSchema,
    example: { storageLimitBytes: 53_687_091_200 },
    answer: managedNamespaceSchema,
  },
  takeOverNamespace: {
    method: 'PUT',
    path: '/admin/namespaces/{namespace}/owners/{username}',
    access: 'administrator',
    summary: 'Make somebody an owner of an organisation that has lost its own; its log and its owners are told',
  },
  listPlans: {
    method: 'GET',
    path: '/admin/plans',
    access: 'administrator',
    summary: 'The named sets of limits',
    answer: pageOf(planSchema),
  },
  createPlan: {
    method: 'POST',
    path: '/admin/plans',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Make a named set of limits',
    body: createPlanSchema,
    example: { name: 'team', limits: { storageBytes: 107_374_182_400, privateRepositories: 50, members: 25 } },
    answer: planSchema,
  },
  changePlan: {
    method: 'PATCH',
    path: '/admin/plans/{plan}',
    access: 'administrator',
    summary: 'Change a plan, with all namespaces on it, or make it the one of new namespaces',
    body: changePlanSchema,
    example: { limits: { members: 50 } },
    answer: planSchema,
  },
  deletePlan: {
    method: 'DELETE',
    path: '/admin/plans/{plan}',
    access: 'administrator',
    summary: 'Delete a plan that no namespace is on',
  },
  requestRecount: {
    method: 'POST',
    path: '/admin/usage-recounts',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Hold what namespaces are charged against what they store, and repair what differs',
    body: requestRecountSchema,
    example: { namespace: 'acme' },
    answer: requestedRecountSchema,
    status: 202,
  },
  listSigningKeys: {
    method: 'GET',
    path: '/admin/signing-keys',
    access: 'administrator',
    summary: 'The keys that sign registry tokens',
    answer: signingKeyListSchema,
  },
  rotateSigningKey: {
    method: 'POST',
    path: '/admin/signing-keys',
    access: 'administrator',
    idempotencyKey: 'taken',
    summary: 'Let the next key take over as soon as every verifier knows it',
    answer: rotatedSigningKeySchema,
  },
  removeSigningKey: {
    method: 'DELETE',
    path: '/admin/signing-keys/{kid}',
    access: 'administrator',
    summary: 'Forget a key that has leaked, on every replica within a minute',
  },
  listRegistryAuditEvents: {
    method: 'GET',
    path: '/admin/audit-events',
    access: 'administrator',
    summary: 'What has happened in the whole registry, the newest first',
    query: auditQuerySchema,
    answer: pageOf(auditEventSchema),
  },
  exportRegistryAuditEvents: {
    method: 'GET',
    path: '/admin/audit-events/export',
    access: 'administrator',
    summary: 'The same as a file',
    query: auditExportSchema,
    file: AUDIT_MEDIA_TYPES,
  },
  getAuditChain: {
    method: 'GET',
    path: '/admin/audit-chain',
    access: 'administrator',
    summary: 'How far the audit log is sealed, and the root to keep elsewhere',
    answer: auditChainSchema,
  },
  verifyAuditChain: {
    method: 'GET',
    path: '/admin/audit-chain/verification',
    access: 'administrator',
    summary: 'Hold the whole audit log against its seals, and name the first row that does not fit',
    query: auditVerificationQuerySchema,
    answer: auditVerificationSchema,
  },
} as const satisfies Routes;
