import { type AuditEvent, auditEventSchema, pageOf } from '@stowage/contracts';
import { aName, anImage, createRepository, pushImageRows } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('the audit log', () => {
  let owner: SignedIn;
  let reader: SignedIn;
  let outsider: SignedIn;
  let administrator: SignedIn;
  let org: string;

  beforeAll(async () => {
    [owner, reader, outsider, administrator] = [
      await signUp(opened),
      await signUp(opened),
      await signUp(opened),
      await signUp(opened),
    ];
    const { username } = administrator;
    await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
    org = aName('org');
    await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name: org } });
    await opened.ask(`PUT /namespaces/${org}/members/${reader.username}`, {
      cookie: owner.cookie,
      body: { role: 'maintainer' },
    });
    const repository = await createRepository(opened.database, `${org}/app`);
    await pushImageRows(opened.database, repository, anImage(), { tags: ['v1', 'v2'] });
    for (const tag of ['v1', 'v2']) {
      await opened.ask(`DELETE /namespaces/${org}/repositories/app/tags/${tag}`, { cookie: reader.cookie });
    }
  });

  const ask = async (path: string, { cookie }: SignedIn) => opened.ask(`GET ${path}`, { cookie });
  const list = async (query: string, who = owner, path = `/namespaces/${org}/audit-events`): Promise<AuditEvent[]> =>
    pageOf(auditEventSchema).parse((await ask(`${path}?${query}`, who)).json).items;

  it('of a namespace is for its owners', async () => {
    for (const path of ['audit-events', 'audit-events/export?format=csv'].map((end) => `/namespaces/${org}/${end}`)) {
      expect((await opened.ask(`GET ${path}`)).status).toBe(401);
      expect((await ask(path, outsider)).status).toBe(404);
      expect((await ask(path, reader)).status).toBe(403);
      expect((await ask(path, owner)).status).toBe(200);
    }
  });

  it('of the registry is for administrators', async () => {
    for (const path of ['/admin/audit-events', '/admin/audit-events/export?format=json']) {
      expect((await opened.ask(`GET ${path}`)).status).toBe(401);
      expect((await ask(path, owner)).status).toBe(403);
      expect((await ask(path, administrator)).status).toBe(200);
    }
  });

  it('says who did what to what, the newest first, and nothing of other namespaces', async () => {
    const events = await list('');
    expect(events[0]).toMatchObject({
      action: 'tag.delete',
      actor: reader.username,
      namespace: org,
      target: expect.stringContaining(`${org}/app`),
      credentialId: null,
      address: expect.any(String),
    });
    expect(new Set(events.map(({ namespace }) => namespace))).toEqual(new Set([org]));
    const ids = events.map(({ id }) => BigInt(id));
    expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? 1 : -1)));
    expect(events.at(-1)?.action).toBe('namespace.create');
  });

  it.each<[string, (events: AuditEvent[]) => boolean]>([
    ['action=tag', (events) => events.length === 2 && events.every(({ action }) => action === 'tag.delete')],
    ['action=tag.delete', (events) => events.length === 2],
    ['action=ta', (events) => events.length === 0],
    ['actor=nobody', (events) => events.length === 0],
    ['target=v1', (events) => events.length > 0 && events.every(({ target }) => target.includes('v1'))],
    ['target=%25', (events) => events.length === 0],
    ['from=2100-01-01T00:00:00Z', (events) => events.length === 0],
    ['to=2000-01-01T00:00:00Z', (events) => events.length === 0],
    ['from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&action=member', (events) => events.length === 1],
  ])('is narrowed by %s', async (query, isRight) => {
    const events = await list(query);
    expect(isRight(events), JSON.stringify(events)).toBe(true);
  });

  it.each(['action=tag%20delete', 'from=yesterday', 'cursor=abc', 'limit=0', 'actor=', 'target='])(
    'refuses %s',
    async (query) => {
      expect((await ask(`/namespaces/${org}/audit-events?${query}`, owner)).status).toBe(400);
    },
  );

  it('comes page by page, each event once', async () => {
    const all = (await list('')).map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = `limit=2${cursor && `&cursor=${cursor}`}`;
      const answer = await ask(`/namespaces/${org}/audit-events?${query}`, owner);
      const page = pageOf(auditEventSchema).parse(answer.json);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('is exported as CSV and as JSON, with what the filter leaves', async () => {
    const csv = await ask(`/namespaces/${org}/audit-events/export?format=csv&action=tag`, owner);
    expect(csv.headers['content-disposition']).toMatch(`attachment; filename="audit-${org}-`);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(3);
    const json = await ask(`/namespaces/${org}/audit-events/export?format=json`, owner);
    const events = json.text
      .trimEnd()
      .split('\n')
      .map((line) => auditEventSchema.parse(JSON.parse(line)));
    expect(events).toEqual(await list(''));
  });

  it('of the registry has everybody’s events', async () => {
    const events = await list('action=user', administrator, '/admin/audit-events');
    expect(events.map(({ target }) => target)).toEqual(expect.arrayContaining([owner.username, outsider.username]));
  });
});
