import { AUDIT_MEDIA_TYPES, auditEventSchema, auditExportSchema, auditQuerySchema } from '../audit-events.js';
import {
  createNamespaceSchema,
  memberSchema,
  namespaceSchema,
  putMemberSchema,
  updateNamespaceSchema,
} from '../namespaces.js';
import { repositoryUsageQuerySchema, repositoryUsageSchema, usageSchema, usageSummarySchema } from '../usage.js';
import { pageOf, pageQuerySchema } from '../page.js';
import { memberQuerySchema } from '../sorted-lists.js';
import type { Routes } from './route.js';

export const namespaceRoutes = {
  listNamespaces: {
    method: 'GET',
    path: '/namespaces',
    access: 'signed-in',
    summary: 'The namespaces that the caller is a member of',
    query: pageQuerySchema,
    answer: pageOf(namespaceSchema),
  },
  createNamespace: {
    method: 'POST',
    path: '/namespaces',
    access: 'signed-in',
    idempotencyKey: 'taken',
    summary: 'Make the namespace of an organisation; the caller owns it',
    body: createNamespaceSchema,
    example: { name: 'acme', displayName: 'Acme' },
    answer: namespaceSchema,
  },
  getNamespace: {
    method: 'GET',
    path: '/namespaces/{namespace}',
    access: 'namespace: see',
    summary: 'A namespace, for whoever may see something in it',
    answer: namespaceSchema,
  },
  updateNamespace: {
    method: 'PATCH',
    path: '/namespaces/{namespace}',
    access: 'namespace: namespace-settings',
    summary: 'Change how a namespace is called on pages',
    body: updateNamespaceSchema,
    example: { displayName: 'Acme' },
    answer: namespaceSchema,
  },
  getUsage: {
    method: 'GET',
    path: '/namespaces/{namespace}/usage',
    access: 'namespace: browse',
    summary: 'What a namespace uses and may use: by repository, what would free most, growth, and when it is full',
    answer: usageSchema,
  },
  getUsageSummary: {
    method: 'GET',
    path: '/namespaces/{namespace}/usage/summary',
    access: 'namespace: browse',
    summary: 'How much a namespace stores, and how much it may',
    answer: usageSummarySchema,
  },
  listRepositoryUsage: {
    method: 'GET',
    path: '/namespaces/{namespace}/usage/repositories',
    access: 'namespace: browse',
    summary: 'What each repository of a namespace holds, the largest first',
    query: repositoryUsageQuerySchema,
    answer: pageOf(repositoryUsageSchema),
  },
  listAuditEvents: {
    method: 'GET',
    path: '/namespaces/{namespace}/audit-events',
    access: 'namespace: audit',
    summary: 'What has happened in a namespace, the newest first',
    query: auditQuerySchema,
    answer: pageOf(auditEventSchema),
  },
  exportAuditEvents: {
    method: 'GET',
    path: '/namespaces/{namespace}/audit-events/export',
    access: 'namespace: audit',
    summary: 'The same as a file',
    query: auditExportSchema,
    file: AUDIT_MEDIA_TYPES,
  },
} as const satisfies Routes;

export const memberRoutes = {
  listMembers: {
    method: 'GET',
    path: '/namespaces/{namespace}/members',
    access: 'namespace: browse',
    summary: 'Who is in a namespace, by name',
    query: memberQuerySchema,
    answer: pageOf(memberSchema),
  },
  putMember: {
    method: 'PUT',
    path: '/namespaces/{namespace}/members/{username}',
    access: 'namespace: members',
    summary: 'Add a member, or change a role',
    body: putMemberSchema,
    example: { role: 'developer' },
  },
  removeMember: {
    method: 'DELETE',
    path: '/namespaces/{namespace}/members/{username}',
    access: 'namespace: members',
    summary: 'Send a member away; anybody may leave',
  },
} as const satisfies Routes;
