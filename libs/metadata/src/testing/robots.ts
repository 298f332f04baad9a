import { randomBytes } from 'node:crypto';
import type { AccessGrant } from '@stowage/contracts';
import type { Database } from '../database.js';
import type { RobotRecord } from '../tenancy/robot-record.js';
import { RobotStore } from '../tenancy/robot-store.js';
import { aName, type Tenant } from './people.js';

export interface RobotOptions {
  readonly name?: string;
  readonly grants?: readonly AccessGrant[];
  /** Of its secret; a random one when absent. */
  readonly hash?: Uint8Array;
}

/** A robot of the tenant's with one secret; what it may do is `*` by pull and push unless the grants say otherwise. */
export async function createRobot(
  database: Database,
  { namespace, actor }: Tenant,
  options: RobotOptions = {},
): Promise<RobotRecord> {
  const store = new RobotStore(database);
  const name = options.name ?? aName('bot');
  await store.create({
    namespace,
    name,
    description: '',
    grants: options.grants ?? [{ repository: `${namespace.name}/*`, actions: ['pull', 'push'] }],
    expiresInDays: null,
    secret: { hash: options.hash ?? randomBytes(32), hint: 'stw_bot_test' },
    actor,
  });
  const robot = await store.find(namespace.id, name);
  if (!robot) throw new Error('the robot was not made');
  return robot;
}
