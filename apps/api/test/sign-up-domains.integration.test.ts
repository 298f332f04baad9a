import { pageOf, signUpDomainSchema } from '@stowage/contracts';
import { aName } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const DOMAINS = '/admin/sign-up-domains';

describe('domains of addresses (A21)', () => {
  let administrator: SignedIn;
  beforeEach(async () => {
    await opened.database.run((db) => db.signUpDomain.deleteMany());
    administrator = await signUp(opened);
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
  });

  const asAdministrator = (line: string, body?: unknown) =>
    opened.ask(line, { cookie: administrator.cookie, ...(body === undefined ? {} : { body }) });
  const add = (list: string, ...domains: string[]) => asAdministrator(`POST ${DOMAINS}`, { list, domains });
  const join = (email: string) =>
    opened.ask('POST /accounts', { body: { username: aName('u'), email, password: PASSWORD } });

  it('that are blocked let nobody in, with those below them and in any case', async () => {
    expect((await add('blocked', 'Trash.example', 'spam.example', 'trash.example')).json).toEqual({ added: 2 });
    for (const email of ['a@trash.example', 'a@mail.trash.example', 'A@TRASH.EXAMPLE']) {
      const answer = await join(email);
      expect([answer.status, answer.json['errors']]).toEqual([400, [expect.objectContaining({ field: 'email' })]]);
    }
    // Not below it: only the end of the name is the same.
    expect((await join('a@nottrash.example')).status).toBe(201);
    expect((await asAdministrator(`DELETE ${DOMAINS}/trash.example`)).status).toBe(204);
    expect((await asAdministrator(`DELETE ${DOMAINS}/trash.example`)).status).toBe(404);
    expect((await join('a@trash.example')).status).toBe(201);
  });

  it('that are allowed shut out all others, and a blocked one below them', async () => {
    await add('allowed', 'acme.example');
    await add('blocked', 'guests.acme.example');
    expect((await join('a@example.com')).status).toBe(400);
    expect((await join('a@guests.acme.example')).status).toBe(400);
    expect((await join('a@mail.acme.example')).status).toBe(201);
  });

  it('count for the change of an address as well', async () => {
    await add('blocked', 'trash.example');
    const change = (email: string) =>
      opened.ask('POST /account/email', { cookie: administrator.cookie, body: { email } });
    expect((await change('a@trash.example')).status).toBe(400);
    expect((await change('a@example.com')).status).toBe(202);
  });

  it('are listed by name in pages, and searched', async () => {
    await add('blocked', 'c.example', 'a.example', 'b.example', 'b.test');
    const list = async (query: string) =>
      pageOf(signUpDomainSchema).parse((await asAdministrator(`GET ${DOMAINS}?list=blocked&${query}`)).json);
    const first = await list('limit=3');
    expect(first.items.map(({ domain }) => domain)).toEqual(['a.example', 'b.example', 'b.test']);
    const second = await list(`limit=3&cursor=${String(first.nextCursor)}`);
    expect([second.items.map(({ domain }) => domain), second.nextCursor]).toEqual([['c.example'], null]);
    expect((await list('search=B.T')).items).toEqual([{ domain: 'b.test', list: 'blocked' }]);
  });

  it('that are put on the other list leave theirs, and each change has one row', async () => {
    const many = Array.from({ length: 60 }, (_one, index) => `d${String(index).padStart(2, '0')}.example`);
    expect((await add('blocked', ...many)).json).toEqual({ added: 60 });
    expect((await add('blocked', ...many)).json).toEqual({ added: 0 });
    expect((await add('allowed', 'd00.example')).json).toEqual({ added: 1 });
    const actorId = administrator.id;
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { actorId, action: { startsWith: 'sign-up-domain.' } }, orderBy: { id: 'asc' } }),
    );
    expect(rows.map(({ target, detail }) => [target, detail])).toEqual([
      ['blocked', { domains: many.slice(0, 50), more: 10 }],
      ['allowed', { domains: ['d00.example'] }],
    ]);
  });

  it.each(['localhost', 'somebody@example.com', '*.example.com', '-x.example', ''])('refuses %s', async (domain) => {
    expect((await add('blocked', domain)).status).toBe(400);
  });
});
