import { generateSigningKey, signingKeyTimes } from '@stowage/auth';
import { signingKeyListSchema } from '@stowage/contracts';
import { SigningKeyRotation } from '@stowage/metadata';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const KEYS = '/admin/signing-keys';

describe('signing keys', () => {
  let administrator: SignedIn;
  let person: SignedIn;

  beforeAll(async () => {
    [administrator, person] = [await signUp(opened), await signUp(opened)];
    const { username } = administrator;
    await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
    const times = signingKeyTimes({ periodSeconds: 3600, uploadTtlSeconds: 60 });
    await new SigningKeyRotation(opened.database, { ...times, generate: generateSigningKey }).ensure();
  });

  it.each([`GET ${KEYS}`, `POST ${KEYS}`, `DELETE ${KEYS}/x`])('%s is for administrators', async (line) => {
    expect((await opened.ask(line)).status).toBe(401);
    expect((await opened.ask(line, { cookie: person.cookie })).status).toBe(403);
  });

  it('are listed with what they do, and without their private half', async () => {
    const { status, json } = await opened.ask(`GET ${KEYS}`, { cookie: administrator.cookie });
    expect(status).toBe(200);
    const { items } = signingKeyListSchema.parse(json);
    expect(items.map(({ state }) => state)).toEqual(['next', 'signing']);
    for (const item of items) {
      expect(Object.keys(item).toSorted()).toEqual(['createdAt', 'kid', 'signsFrom', 'state', 'verifiesUntil']);
    }
  });

  it('are rotated and removed, each with an audit row of who did it', async () => {
    const { cookie, username } = administrator;
    const list = async () => signingKeyListSchema.parse((await opened.ask(`GET ${KEYS}`, { cookie })).json).items;
    const next = (await list())[0]!.kid;
    expect(await opened.ask(`POST ${KEYS}`, { cookie })).toMatchObject({ status: 201, json: { kid: next } });
    const signing = (await list()).find(({ state }) => state === 'signing')!.kid;
    expect((await opened.ask(`DELETE ${KEYS}/${signing}`, { cookie })).status).toBe(204);
    expect((await opened.ask(`DELETE ${KEYS}/${signing}`, { cookie })).status).toBe(404);
    expect((await list()).map(({ kid }) => kid)).not.toContain(signing);
    const audited = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { actorName: username, action: { startsWith: 'signing-key.' } } }),
    );
    expect(audited.map(({ action, target }) => [action, target])).toEqual([
      ['signing-key.rotate', next],
      ['signing-key.remove', signing],
    ]);
  });
});
