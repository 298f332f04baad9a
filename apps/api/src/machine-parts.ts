import type { Provider, Type } from '@nestjs/common';
import { type Database, RobotSecretStore, RobotStore } from '@stowage/metadata';
import { RobotController } from './robots/robot.controller.js';
import { RobotSecretController } from './robots/robot-secret.controller.js';

/** The accounts that machines of a namespace use. */
export const MACHINE_CONTROLLERS: Type[] = [RobotController, RobotSecretController];

export function machineProviders(database: Database): Provider[] {
  return [
    { provide: RobotStore, useValue: new RobotStore(database) },
    { provide: RobotSecretStore, useValue: new RobotSecretStore(database) },
  ];
}
