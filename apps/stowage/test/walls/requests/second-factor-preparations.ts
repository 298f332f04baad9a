import { createHmac } from 'node:crypto';
import { SecondFactorStore } from '@stowage/metadata';
import { actorOf } from '@stowage/metadata/testing';
import type { Caller } from '../callers.js';
import { PASSWORD, type World } from '../world.js';
import type { Preparations } from './prepared-request.js';

/** The bytes of RFC 4226, appendix D, as Base32. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const KEY_BYTES = '12345678901234567890';

export const secondFactorPreparations: Preparations = {
  enableTotp: () => ({ body: { key: KEY, code: codeAt(Date.now()) } }),
  disableTotp: async (world, caller) => {
    await enableTotp(world, caller);
    return { body: { password: PASSWORD } };
  },
  replaceRecoveryCodes: async (world, caller) => {
    await enableTotp(world, caller);
    return {};
  },
};

async function enableTotp({ site, person }: World, caller: Caller): Promise<void> {
  const user = await person(caller);
  const factor = { key: KEY, match: () => 1, recoveryHashes: [] };
  await new SecondFactorStore(site.database).enableTotp(user.id, factor, actorOf(user));
}

/** RFC 6238 with its defaults: what an authenticator app shows. */
function codeAt(timeMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(timeMs / 30_000)));
  const digest = createHmac('sha1', KEY_BYTES).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
