import {
  acceptedTransferSchema,
  aliasSchema,
  renameNamespaceSchema,
  requestTransferSchema,
  transferSchema,
} from '../moves.js';
import { namespaceSchema } from '../namespaces.js';
import { pageOf } from '../page.js';
import type { Routes } from './route.js';

export const moveRoutes = {
  renameNamespace: {
    method: 'POST',
    path: '/namespaces/{namespace}/rename',
    access: 'namespace: namespace-settings',
    summary: 'Give a namespace another name; the old one leads to it',
    description:
      'Pulls and pushes by the old name go on until it is given up. Access tokens keep what they are limited to.',
    body: renameNamespaceSchema,
    example: { name: 'acme-corp' },
    answer: namespaceSchema,
    status: 200,
  },
  listAliases: {
    method: 'GET',
    path: '/namespaces/{namespace}/aliases',
    access: 'namespace: namespace-settings',
    summary: 'The old names that still lead somewhere',
    answer: pageOf(aliasSchema),
  },
  deleteAlias: {
    method: 'DELETE',
    path: '/namespaces/{namespace}/aliases/{alias}',
    access: 'namespace: namespace-settings',
    summary: 'Give up an old name; that of a namespace is then nobody’s for 90 days',
  },
  requestTransfer: {
    method: 'POST',
    path: '/namespaces/{namespace}/repositories/{repository}/transfer',
    access: 'repository: namespace-settings',
    idempotencyKey: 'taken',
    summary: 'Offer a repository to another namespace',
    description: 'Nothing moves before an owner of the other namespace accepts. Asking again replaces the offer.',
    body: requestTransferSchema,
    example: { to: 'acme-labs' },
  },
  listTransfers: {
    method: 'GET',
    path: '/namespaces/{namespace}/transfers',
    access: 'namespace: namespace-settings',
    summary: 'Repositories that are offered to the namespace, and those that it offers',
    answer: pageOf(transferSchema),
  },
  acceptTransfer: {
    method: 'POST',
    path: '/namespaces/{namespace}/transfers/{id}/accept',
    access: 'namespace: namespace-settings',
    summary: 'Take over a repository, with what it stores',
    description:
      'It must fit into the storage of the namespace. The old name leads to the repository until it is given up.',
    answer: acceptedTransferSchema,
    status: 200,
  },
  endTransfer: {
    method: 'DELETE',
    path: '/namespaces/{namespace}/transfers/{id}',
    access: 'namespace: namespace-settings',
    summary: 'Decline an offer, or take it back',
    inReadOnlyMode: 'goes on',
  },
} as const satisfies Routes;
