import { pageOf } from '../page.js';
import {
  createdRobotSchema,
  createdRobotSecretSchema,
  createRobotSchema,
  robotSchema,
  updateRobotSchema,
} from '../robots.js';
import { robotQuerySchema } from '../sorted-lists.js';
import type { Routes } from './route.js';

const ROBOTS = '/namespaces/{namespace}/robots';

export const robotRoutes = {
  listRobots: {
    method: 'GET',
    path: ROBOTS,
    access: 'namespace: robots',
    summary: 'The robots of a namespace, by name',
    query: robotQuerySchema,
    answer: pageOf(robotSchema),
  },
  createRobot: {
    method: 'POST',
    path: ROBOTS,
    access: 'namespace: robots',
    idempotencyKey: 'answers a secret',
    summary: 'Make a robot with its first secret, which is in this answer and nowhere else',
    body: createRobotSchema,
    example: {
      name: 'ci',
      description: 'Builds on the main branch',
      grants: [{ repository: 'acme/*', actions: ['pull', 'push'] }],
      expiresInDays: 365,
    },
    answer: createdRobotSchema,
  },
  updateRobot: {
    method: 'PATCH',
    path: `${ROBOTS}/{name}`,
    access: 'namespace: robots',
    summary: 'Change what a robot may do and until when, or switch it off and on',
    body: updateRobotSchema,
    example: { disabled: true },
    answer: robotSchema,
  },
  deleteRobot: {
    method: 'DELETE',
    path: `${ROBOTS}/{name}`,
    access: 'namespace: robots',
    summary: 'Delete a robot with its secrets and grants; what it pushed stays',
  },
  createRobotSecret: {
    method: 'POST',
    path: `${ROBOTS}/{name}/secrets`,
    access: 'namespace: robots',
    idempotencyKey: 'answers a secret',
    summary: 'Make a second secret, so that the first can be replaced without a pause',
    answer: createdRobotSecretSchema,
  },
  deleteRobotSecret: {
    method: 'DELETE',
    path: `${ROBOTS}/{name}/secrets/{id}`,
    access: 'namespace: robots',
    summary: 'Take a secret back; tokens that were made with it write nothing from then on',
  },
} as const satisfies Routes;
