import { putReadOnlyModeSchema, readOnlyModeListSchema, readOnlyModeSchema } from '../read-only.js';
import type { Routes } from './route.js';

const example = { message: 'The storage is moving to another disk until 14:00 UTC.' };

export const readOnlyRoutes = {
  listReadOnlyModes: {
    method: 'GET',
    path: '/read-only-modes',
    access: 'signed-in',
    summary: 'What is read-only now, as far as it concerns the caller',
    answer: readOnlyModeListSchema,
  },
  listRegistryReadOnlyModes: {
    method: 'GET',
    path: '/admin/read-only-modes',
    access: 'administrator',
    summary: 'All that is read-only now',
    answer: readOnlyModeListSchema,
  },
  putRegistryReadOnlyMode: {
    method: 'PUT',
    path: '/admin/read-only-modes/registry',
    access: 'administrator',
    summary: 'Let nobody change content, and say why; pulls and sign-in go on',
    body: putReadOnlyModeSchema,
    example,
    answer: readOnlyModeSchema,
  },
  endRegistryReadOnlyMode: {
    method: 'DELETE',
    path: '/admin/read-only-modes/registry',
    access: 'administrator',
    summary: 'Let content be changed again; uploads that were open go on',
  },
  putNamespaceReadOnlyMode: {
    method: 'PUT',
    path: '/admin/namespaces/{namespace}/read-only-mode',
    access: 'administrator',
    summary: 'The same for one namespace',
    body: putReadOnlyModeSchema,
    example,
    answer: readOnlyModeSchema,
  },
  endNamespaceReadOnlyMode: {
    method: 'DELETE',
    path: '/admin/namespaces/{namespace}/read-only-mode',
    access: 'administrator',
    summary: 'Let content of a namespace be changed again',
  },
} as const satisfies Routes;
