import { API_ROUTES } from '@stowage/contracts';
import { IdempotentRequests } from '@stowage/metadata';
import { aName } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createToken, openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let person: SignedIn;
let key: string;
beforeEach(async () => {
  [person, key] = [await signUp(opened), aName('key')];
});

const send = (line: string, body: unknown, { cookie = person.cookie, with: headerKey = key } = {}) =>
  opened.ask(line, { cookie, body, headers: { 'idempotency-key': headerKey } });
const create = (name: string, options = {}) => send('POST /namespaces', { name }, options);
const namespaces = async (name: string) => opened.database.run((db) => db.namespace.count({ where: { name } }));

describe('a request with an Idempotency-Key (X1)', () => {
  it('is done once and answered alike, as often as it is sent', async () => {
    const name = aName('org');
    const first = await create(name);
    expect([first.status, first.headers['idempotency-replayed']]).toEqual([201, undefined]);
    for (let at = 0; at < 2; at += 1) {
      const again = await create(name);
      expect([again.status, again.json, again.headers['idempotency-replayed']]).toEqual([201, first.json, 'true']);
    }
    expect(await namespaces(name)).toBe(1);
    const rows = await opened.database.run((db) =>
      db.auditEvent.count({ where: { action: 'namespace.create', target: name } }),
    );
    expect(rows).toBe(1);
    expect((await create(name, { with: `${key}2` })).status).toBe(409);
  });

  it('answers nothing again where nothing was answered', async () => {
    const [from, to] = [aName('org'), aName('org')];
    for (const name of [from, to]) await create(name, { with: name });
    await send(`POST /namespaces/${from}/repositories`, { name: 'app' }, { with: 'repository' });
    const offer = () => send(`POST /namespaces/${from}/repositories/app/transfer`, { to });
    const [first, again] = [await offer(), await offer()];
    expect([first.status, first.text, again.status, again.text]).toEqual([204, '', 204, '']);
    expect(
      await opened.database.run((db) =>
        db.auditEvent.count({ where: { action: 'transfer.request', target: `${from}/app` } }),
      ),
    ).toBe(1);
  });

  it('is 422 when the key came with another request', async () => {
    const name = aName('org');
    await create(name);
    expect((await create(aName('org'))).status).toBe(422);
    expect((await send(`POST /namespaces/${name}/repositories`, { name: 'app' })).status).toBe(422);
  });

  it('is the first of its own for every caller and every credential', async () => {
    const name = aName('org');
    await create(name);
    const other = await signUp(opened);
    expect((await create(name, { cookie: other.cookie })).status).toBe(409);
    const token = await createToken(opened, person);
    const byToken = await opened.ask('POST /namespaces', {
      token,
      body: { name },
      headers: { 'idempotency-key': key },
    });
    expect(byToken.status).toBe(409);
  });

  it('may be sent again when it was refused', async () => {
    const name = aName('org');
    expect((await send(`POST /namespaces/${name}/repositories`, { name: 'app' })).status).toBe(404);
    await create(name, { with: 'other' });
    expect((await send(`POST /namespaces/${name}/repositories`, { name: 'app' })).status).toBe(201);
    expect((await send(`POST /namespaces/${name}/repositories`, { name: 'app' })).status).toBe(201);
  });

  it('is 409 while the first one runs: of many at once one does it, and the rest do nothing', async () => {
    const name = aName('org');
    const locked = Promise.withResolvers<void>();
    const mayGo = Promise.withResolvers<void>();
    // The first one waits for the name; the others come while it does.
    const barrier = opened.database.transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE namespace_name IN ACCESS EXCLUSIVE MODE`;
      locked.resolve();
      await mayGo.promise;
    });
    await locked.promise;
    const first = create(name);
    await expect
      .poll(() => opened.database.run((db) => db.idempotentRequest.count({ where: { userId: person.id } })))
      .toBe(1);
    try {
      for (const { status, headers } of await Promise.all([create(name), create(name), create(name)])) {
        expect([status, headers['retry-after']]).toEqual([409, '5']);
      }
    } finally {
      mayGo.resolve();
      await barrier;
    }
    expect((await first).status).toBe(201);
    expect((await create(name)).headers['idempotency-replayed']).toBe('true');
    expect(await namespaces(name)).toBe(1);
  });

  it('is not done again when nobody knows how it ended', async () => {
    const name = aName('org');
    await create(name);
    await opened.database.run((db) =>
      db.idempotentRequest.updateMany({
        where: { userId: person.id },
        data: { status: null, answer: null, runningUntil: new Date(0) },
      }),
    );
    const again = await create(name);
    expect([again.status, again.headers['retry-after'], again.text]).toEqual([
      409,
      undefined,
      expect.stringContaining('not known'),
    ]);
  });

  it('is forgotten after a day', async () => {
    const name = aName('org');
    await create(name);
    const expire = () =>
      opened.database.run((db) =>
        db.idempotentRequest.updateMany({ where: { userId: person.id }, data: { expiresAt: new Date(0) } }),
      );
    await expire();
    expect((await create(name)).status).toBe(409);
    await create(aName('org'), { with: 'kept' });
    await opened.database.run((db) =>
      db.idempotentRequest.create({
        data: {
          id: Buffer.from(key),
          userId: person.id,
          request: Buffer.from('x'),
          runningUntil: new Date(0),
          expiresAt: new Date(0),
        },
      }),
    );
    expect(await new IdempotentRequests(opened.database).deleteExpired()).toBeGreaterThan(0);
    expect(await opened.database.run((db) => db.idempotentRequest.count({ where: { userId: person.id } }))).toBe(1);
  });

  it.each(['', 'with space', 'ä', 'x'.repeat(256)])('refuses %j as a key', async (bad) => {
    expect((await create(aName('org'), { with: bad })).status).toBe(400);
  });

  it('is as good as any other where a request may be repeated anyway', async () => {
    const answer = await opened.ask('GET /session', { cookie: person.cookie, headers: { 'idempotency-key': key } });
    expect(answer.status).toBe(200);
  });
});

describe('the route table', () => {
  /** Names of fields that answers give secrets in. */
  const SECRETS = /"(secret|link|code|key|recoveryCodes|url)":/;
  const posts = API_ROUTES.filter(({ method }) => method === 'POST');
  const taken = posts.filter(({ idempotencyKey }) => idempotencyKey === 'taken');

  it('keeps no answer that holds a secret', () => {
    expect(taken.length).toBeGreaterThan(10);
    for (const { operation, answer } of taken) {
      const schema = answer ? JSON.stringify(z.toJSONSchema(answer, { unrepresentable: 'any' })) : '';
      expect([operation, SECRETS.exec(schema)]).toEqual([operation, null]);
    }
  });

  it('says of no other method that it takes a key', () => {
    const others = API_ROUTES.filter(({ method, idempotencyKey }) => method !== 'POST' && idempotencyKey !== undefined);
    expect(others).toEqual([]);
  });

  it('refuses a key where it would promise too much, and says why', async () => {
    const token = { name: 'ci', expiresInDays: 1 };
    const refused = await send('POST /access-tokens', token);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('holds a secret')]);
    const before = await opened.ask('GET /access-tokens', { cookie: person.cookie });
    expect(before.json['items']).toEqual([]);
    expect((await send('POST /account/username', { username: aName('new') })).status).toBe(400);
  });
});
