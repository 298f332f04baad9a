import { createHmac, randomUUID } from 'node:crypto';
import { Passkeys } from '@stowage/authenticators';
import { SoftAuthenticator } from '@stowage/authenticators/testing';
import { PasskeyStore, SecondFactorStore } from '@stowage/metadata';
import { actorOf } from '@stowage/metadata/testing';
import type { Caller } from '../callers.js';
import { COOKIE_SECRET, PUBLIC_URL } from '../open-site.js';
import type { World } from '../world.js';
import type { Preparations } from './prepared-request.js';

/** The bytes of RFC 4226, appendix D, as Base32. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const KEY_BYTES = '12345678901234567890';

export const secondFactorPreparations: Preparations = {
  enableTotp: () => ({ body: { key: KEY, code: codeAt(Date.now()) } }),
  disableTotp: async (world, caller) => {
    await enableTotp(world, caller);
    return {};
  },
  replaceRecoveryCodes: async (world, caller) => {
    await enableTotp(world, caller);
    return {};
  },
  addPasskey: async (world, caller) => {
    const passkeys = new Passkeys({ publicUrl: PUBLIC_URL, secret: COOKIE_SECRET });
    const options = await passkeys.registrationOptions(await world.person(caller), []);
    const response = new SoftAuthenticator().create(options, { origin: PUBLIC_URL.origin });
    return { body: { name: 'Laptop', response } };
  },
  renamePasskey: async (world, caller) => ({ params: { id: await addPasskey(world, caller) } }),
  removePasskey: async (world, caller) => ({ params: { id: await addPasskey(world, caller) } }),
};

async function addPasskey({ site, person }: World, caller: Caller): Promise<string> {
  const user = await person(caller);
  const id = randomUUID();
  const passkey = { name: 'Laptop', credentialId: id, publicKey: new Uint8Array(1), counter: 0, transports: [] };
  const spent = { challenge: id, spentUntil: new Date(Date.now() + 1000) };
  const addition = { passkey: { ...passkey, isSynced: false }, spent, recoveryHashes: [] };
  const added = await new PasskeyStore(site.database).add(user.id, addition, actorOf(user));
  if (!added) throw new Error('the passkey was not added');
  return added.id;
}

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
