import { aName } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, ORIGIN, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let owner: SignedIn;
let org: string;

beforeAll(async () => {
  owner = await signUp(opened);
  org = aName('org');
  await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name: org } });
});

interface Made {
  readonly id: string;
  readonly code: string;
}

async function invite(body: object, cookie = owner.cookie): Promise<Made> {
  const { status, json } = await opened.ask(`POST /namespaces/${org}/invitations`, { cookie, body });
  expect(status).toBe(201);
  const link = new URL(String(json['link']));
  expect([link.origin, link.pathname]).toEqual([ORIGIN, '/invitations']);
  return { id: String(json['id']), code: link.hash.slice(1) };
}

const offerOf = (code: string) => opened.ask(`GET /invitations/${code}`);
const accept = (code: string, { cookie }: SignedIn) => opened.ask(`POST /invitations/${code}/accept`, { cookie });
const listed = async () => (await opened.ask(`GET /namespaces/${org}/invitations`, { cookie: owner.cookie })).json;
const mailOf = (id: string) => opened.database.run((db) => db.mail.findMany({ where: { reference: id } }));
const expire = (id: string) =>
  opened.database.run((db) => db.invitation.update({ where: { id }, data: { expiresAt: new Date(0) } }));

async function roleOf(person: SignedIn): Promise<unknown> {
  return (await opened.ask(`GET /namespaces/${org}`, { cookie: person.cookie })).json['role'];
}

describe('an invitation', () => {
  it('by link says what it offers, makes a member once, and is gone', async () => {
    const { id, code } = await invite({ role: 'maintainer' });
    expect((await offerOf(code)).json).toMatchObject({
      namespace: org,
      role: 'maintainer',
      invitedBy: owner.username,
      email: null,
    });
    const [guest, late] = [await signUp(opened), await signUp(opened)];
    expect((await accept(code, guest)).json).toEqual({ namespace: org, role: 'maintainer' });
    expect(await roleOf(guest)).toBe('maintainer');
    expect((await accept(code, late)).status).toBe(404);
    expect(JSON.stringify(await listed())).not.toContain(id);
  });

  it('lets one in when several accept at the same moment', async () => {
    const { code } = await invite({ role: 'reader' });
    const guests = await Promise.all(Array.from({ length: 4 }, () => signUp(opened)));
    const statuses = await Promise.all(guests.map(async (guest) => (await accept(code, guest)).status));
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 404, 404, 404]);
  });

  it('by e-mail goes there as a letter and is for the account of that address alone', async () => {
    const [guest, other] = [await signUp(opened), await signUp(opened)];
    const email = `${guest.username}@EXAMPLE.com`;
    const { id, code } = await invite({ email, role: 'developer' });
    expect(await mailOf(id)).toMatchObject([{ recipient: email, template: 'namespace-invitation' }]);
    const refused = await accept(code, other);
    expect(refused.status).toBe(403);
    expect(refused.json['detail']).toContain(`for ${email}`);
    expect((await accept(code, guest)).status).toBe(200);
    expect(await mailOf(id)).toEqual([]);
  });

  it('says nothing of whether an address has an account', async () => {
    const someone = await signUp(opened);
    const answers = [`${someone.username}@example.com`, `${aName()}@example.com`].map(async (email) => {
      const { status, text } = await opened.ask(`POST /namespaces/${org}/invitations`, {
        cookie: owner.cookie,
        body: { email, role: 'reader' },
      });
      return [status, Object.keys(JSON.parse(text) as object)];
    });
    const [known, unknown] = await Promise.all(answers);
    expect(known).toEqual(unknown);
  });

  it('is not for members, whom it would neither raise nor lower', async () => {
    const { code } = await invite({ role: 'reader' });
    expect((await accept(code, owner)).status).toBe(409);
    expect(await roleOf(owner)).toBe('owner');
    expect((await offerOf(code)).status).toBe(200);
  });

  it('gets a new link that ends the old one, and a new letter', async () => {
    const { id, code } = await invite({ email: 'grace@example.com', role: 'reader' });
    const [before] = await mailOf(id);
    await expire(id);
    expect(await listed()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id, isExpired: true })]) as unknown,
    });
    const renewed = await opened.ask(`POST /namespaces/${org}/invitations/${id}/renew`, { cookie: owner.cookie });
    expect(renewed.status).toBe(200);
    const next = new URL(String(renewed.json['link'])).hash.slice(1);
    expect([(await offerOf(code)).status, (await offerOf(next)).status]).toEqual([404, 200]);
    const letters = await mailOf(id);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.id).not.toBe(before?.id);
  });

  it('that is wrong, used, taken back, or too old is one and the same answer', async () => {
    const guest = await signUp(opened);
    const used = await invite({ role: 'reader' });
    await accept(used.code, guest);
    const old = await invite({ role: 'reader' });
    await expire(old.id);
    const revoked = await invite({ role: 'reader' });
    const revocation = await opened.ask(`DELETE /namespaces/${org}/invitations/${revoked.id}`, {
      cookie: owner.cookie,
    });
    expect(revocation.status).toBe(204);
    const wrong = `${used.code.slice(0, -1)}${used.code.endsWith('0') ? '1' : '0'}`;
    const answers = await Promise.all(
      [used.code, old.code, revoked.code, wrong, 'nonsense', owner.id].flatMap((code) => [
        offerOf(code),
        accept(code, guest),
      ]),
    );
    const seen = answers.map(({ status, json }) => JSON.stringify([status, json['title'], json['detail']]));
    expect(new Set(seen).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it('is kept as a hash, and its code is in no row but sealed', async () => {
    const { id, code } = await invite({ email: 'ada@example.com', role: 'reader' });
    const rows = await opened.database.run(async (db) => [
      await db.invitation.findUnique({ where: { id } }),
      await db.mail.findMany({ where: { reference: id } }),
      await db.auditEvent.findMany({ where: { target: { endsWith: id } } }),
    ]);
    const text = JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array
        ? Buffer.from(value).toString('latin1')
        : typeof value === 'bigint'
          ? String(value)
          : value,
    );
    expect(text).toContain(id);
    expect(text).not.toContain(code);
  });

  it('leaves one audit row a step', async () => {
    const { id, code } = await invite({ role: 'developer' });
    const guest = await signUp(opened);
    await accept(code, guest);
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({
        where: { OR: [{ target: `${org}/${id}` }, { target: `${org}/${guest.username}` }] },
        orderBy: { id: 'asc' },
      }),
    );
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ['invitation.create', { before: null, after: { role: 'developer', email: null } }],
      ['invitation.accept', { before: null, after: { role: 'developer' }, invitation: id, invitedBy: owner.username }],
    ]);
  });
});

describe('the invitations of a namespace', () => {
  it('are for its owners, and hidden from others', async () => {
    const [maintainer, stranger] = [await signUp(opened), await signUp(opened)];
    await opened.ask(`PUT /namespaces/${org}/members/${maintainer.username}`, {
      cookie: owner.cookie,
      body: { role: 'maintainer' },
    });
    const { id } = await invite({ role: 'reader' });
    for (const line of ['GET', 'POST', 'DELETE', 'POST renew']) {
      const [method, rest] = line.split(' ');
      const path = rest ? `/${id}/renew` : method === 'DELETE' ? `/${id}` : '';
      const request = method === 'POST' && !rest ? { body: { role: 'owner' } } : {};
      const ask = async ({ cookie }: SignedIn) =>
        (await opened.ask(`${method} /namespaces/${org}/invitations${path}`, { cookie, ...request })).status;
      expect([line, await ask(maintainer), await ask(stranger)]).toEqual([line, 403, 404]);
    }
    const mine = await opened.ask('POST /namespaces', { cookie: stranger.cookie, body: { name: aName('evil') } });
    const foreign = `/namespaces/${String(mine.json['name'])}/invitations/${id}`;
    expect((await opened.ask(`DELETE ${foreign}`, { cookie: stranger.cookie })).status).toBe(404);
    expect((await opened.ask(`POST ${foreign}/renew`, { cookie: stranger.cookie })).status).toBe(404);
    expect(JSON.stringify(await listed())).toContain(id);
  });

  it('are a hundred at most, also when many are made at once', async () => {
    const name = aName('busy');
    await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name } });
    const { id: namespaceId } = await opened.database.run((db) => db.namespace.findUniqueOrThrow({ where: { name } }));
    await opened.database.run((db) =>
      db.invitation.createMany({
        data: Array.from({ length: 98 }, () => ({
          id: crypto.randomUUID(),
          namespaceId,
          role: 'reader' as const,
          hash: crypto.getRandomValues(new Uint8Array(32)),
          expiresAt: new Date(Date.now() + 60_000),
        })),
      }),
    );
    const ask = () =>
      opened.ask(`POST /namespaces/${name}/invitations`, { cookie: owner.cookie, body: { role: 'reader' } });
    const statuses = (await Promise.all(Array.from({ length: 5 }, ask))).map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 201, 409, 409, 409]);
  });
});
