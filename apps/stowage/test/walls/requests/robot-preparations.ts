import { createRobot } from '@stowage/metadata/testing';
import type { World } from '../world.js';
import type { Preparation, Preparations } from './prepared-request.js';

async function aRobot({ site, tenant }: World): Promise<Preparation> {
  const { name, secrets } = await createRobot(site.database, tenant);
  return { params: { name, id: secrets[0]!.id } };
}

export const robotPreparations: Preparations = {
  createRobot: ({ tenant }) => ({
    body: { name: 'ci', grants: [{ repository: `${tenant.namespace.name}/*`, actions: ['pull'] }] },
  }),
  updateRobot: aRobot,
  deleteRobot: aRobot,
  createRobotSecret: aRobot,
  deleteRobotSecret: aRobot,
};
