import { beforeEach, describe, expect, it } from 'vitest';
import { codeTo, mailTo } from './mail-of.js';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const RESET = 'reset-password';
const NEW = 'ships at night sail';

describe('a lost password', () => {
  let person: SignedIn;
  let email: string;

  beforeEach(async () => {
    person = await signUp(opened);
    email = `${person.username}@example.com`;
  });

  const request = async (login: string) => opened.ask('POST /password-resets', { body: { login } });
  const complete = async (code: string, newPassword = NEW) =>
    opened.ask('POST /password-resets/complete', { body: { code, newPassword } });
  const signIn = async (password: string) =>
    opened.ask('POST /session', { body: { login: person.username, password } });
  const auditOf = async (action: string) =>
    opened.database.run((db) => db.auditEvent.findMany({ where: { action, target: person.username } }));

  it('is replaced by a link; sessions, tokens and other links end, and the owner is told', async () => {
    const token = await createToken(opened, person);
    expect((await request(email.toUpperCase())).status).toBe(202);
    const first = await codeTo(opened, email, RESET);
    await request(person.username);
    const second = await codeTo(opened, email, RESET);
    expect(second).not.toBe(first);
    expect(await complete(first)).toMatchObject({ status: 204, cookie: undefined });
    expect((await opened.ask('GET /session', { cookie: person.cookie })).status).toBe(401);
    expect((await opened.ask('GET /namespaces', { token })).status).toBe(401);
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn(NEW)).status).toBe(200);
    for (const code of [first, second]) expect((await complete(code, 'another one again')).status).toBe(404);
    expect((await mailTo(opened, email)).map(({ template }) => template)).toEqual([
      'verify-address',
      'password-changed',
    ]);
    const [done, ...others] = await auditOf('user.reset-password');
    expect([done?.actorName, done?.detail, others]).toEqual([person.username, { sessions: 1, accessTokens: 1 }, []]);
  });

  it('gives the same answer for an account, for none and for one that is disabled', async () => {
    const disabled = await signUp(opened);
    await opened.database.run((db) =>
      db.user.update({ where: { username: disabled.username }, data: { disabledAt: new Date() } }),
    );
    const answers = [];
    for (const login of [email, person.username, disabled.username, 'nobody@example.com', 'nobody', '%', ' x ']) {
      const { status, text, headers } = await request(login);
      const { date: _, ...rest } = headers;
      answers.push(JSON.stringify({ status, text, rest }));
    }
    expect(new Set(answers).size).toBe(1);
    expect((await mailTo(opened, `${disabled.username}@example.com`)).map(({ template }) => template)).toEqual([
      'verify-address',
    ]);
  });

  it('is found once by ten who use the link at the same moment', async () => {
    await request(email);
    const code = await codeTo(opened, email, RESET);
    const passwords = Array.from({ length: 10 }, (_, at) => `password number ${at}`);
    const answers = await Promise.all(passwords.map((password) => complete(code, password)));
    const countOf = (expected: number) => answers.filter(({ status }) => status === expected).length;
    expect([countOf(204), countOf(404)]).toEqual([1, 9]);
    const winner = passwords[answers.findIndex(({ status }) => status === 204)];
    expect((await signIn(winner!)).status).toBe(200);
    expect(await auditOf('user.reset-password')).toHaveLength(1);
  });

  it('is not found by a link that is over, of another kind, or of a disabled user', async () => {
    expect((await complete(await codeTo(opened, email, 'verify-address'))).status).toBe(404);
    await request(email);
    const code = await codeTo(opened, email, RESET);
    expect((await complete(`${code.slice(0, -1)}x`)).status).toBe(404);
    expect((await complete(code, 'short')).status).toBe(400);
    const { database } = opened;
    await database.run((db) => db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } }));
    expect((await complete(code)).status).toBe(404);
    await database.run((db) => db.user.update({ where: { id: person.id }, data: { disabledAt: null } }));
    await database.run((db) => db.accountLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } }));
    expect((await complete(code)).status).toBe(404);
    expect((await signIn(PASSWORD)).status).toBe(200);
  });

  it('lives for half an hour, in a link on our own origin, whatever host was asked', async () => {
    await opened.ask('POST /password-resets', {
      body: { login: email },
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    });
    const letter = (await mailTo(opened, email)).find(({ template }) => template === RESET);
    expect(letter?.link).toBe(`http://stowage.example/reset-password#${letter?.code}`);
    const [row] = await opened.database.prepared(
      'test_reset_life',
      `SELECT extract(epoch FROM l.expires_at - l.created_at)::int AS seconds, l.expires_at = m.expires_at AS "same"
       FROM account_link l JOIN mail m ON m.reference = l.id WHERE l.user_id = $1 AND l.purpose = 'reset-password'`,
      [person.id],
    );
    expect(row).toEqual({ seconds: 1800, same: true });
  });

  it('fills no mailbox: three links an hour, and the answer stays the same', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(email)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect((await mailTo(opened, email)).filter(({ template }) => template === RESET)).toHaveLength(3);
    expect(await auditOf('user.reset-request')).toHaveLength(3);
  });

  it('ends with a change of the password, before its letter is sent', async () => {
    await request(email);
    const code = await codeTo(opened, email, RESET);
    const body = { currentPassword: PASSWORD, newPassword: NEW };
    expect((await opened.ask('POST /account/password', { cookie: person.cookie, body })).status).toBe(204);
    expect((await complete(code, 'mallory was here')).status).toBe(404);
    expect((await mailTo(opened, email)).map(({ template }) => template)).not.toContain(RESET);
  });

  it('leaves its code in no audit row', async () => {
    await request(email);
    const code = await codeTo(opened, email, RESET);
    await complete(code);
    const rows = await opened.database.prepared('test_audit', 'SELECT e::text AS row FROM audit_event e', []);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).not.toContain(NEW);
  });
});

describe('a link from an administrator', () => {
  let administrator: SignedIn;
  let person: SignedIn;

  beforeEach(async () => {
    [administrator, person] = [await signUp(opened), await signUp(opened)];
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
  });

  const create = async (username: string, delivery: unknown, cookie = administrator.cookie) =>
    opened.ask(`POST /admin/users/${username}/password-resets`, { cookie, body: { delivery } });

  it('is shown once, or sent', async () => {
    const shown = await create(person.username, 'show');
    expect([shown.status, shown.json['link']]).toEqual([201, expect.stringContaining('/reset-password#stw_otc_')]);
    const sent = await create(person.username, 'mail');
    expect([sent.status, sent.json['link']]).toEqual([201, null]);
    const letters = await mailTo(opened, `${person.username}@example.com`);
    expect(letters.filter(({ template }) => template === RESET)).toHaveLength(1);
    const code = String(shown.json['link']).split('#')[1];
    const body = { code, newPassword: NEW };
    expect((await opened.ask('POST /password-resets/complete', { body })).status).toBe(204);
    const audited = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { action: 'user.reset-request', target: person.username } }),
    );
    expect(audited.map(({ actorName, detail }) => [actorName, detail])).toEqual([
      [administrator.username, { delivery: 'shown' }],
      [administrator.username, { delivery: 'mail' }],
    ]);
  });

  it('is for nobody else, and for nobody who is disabled or unknown', async () => {
    expect((await create(administrator.username, 'show', person.cookie)).status).toBe(403);
    expect((await create('nobody-here', 'show')).status).toBe(404);
    await opened.database.run((db) => db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } }));
    expect((await create(person.username, 'show')).status).toBe(409);
  });
});

describe('pending links', () => {
  it('are seen by administrators without their secrets, and shown one by one, which is audited', async () => {
    const [administrator, person] = [await signUp(opened), await signUp(opened)];
    const { cookie } = administrator;
    expect((await opened.ask('GET /admin/pending-links', { cookie })).status).toBe(403);
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
    const email = `${person.username}@example.com`;
    await opened.ask('POST /password-resets', { body: { login: email } });
    const code = await codeTo(opened, email, RESET);
    const list = await opened.ask('GET /admin/pending-links?limit=1', { cookie });
    const [item] = list.json['items'] as Record<string, unknown>[];
    expect(item).toMatchObject({ letter: RESET, recipient: email, username: person.username, attempts: 0 });
    expect(list.text).not.toContain(code);
    const next = await opened.ask(`GET /admin/pending-links?limit=1&cursor=${String(list.json['nextCursor'])}`, {
      cookie,
    });
    expect((next.json['items'] as unknown[])[0]).toMatchObject({ letter: 'verify-address', recipient: email });
    const reveal = async (id: string, by = cookie) =>
      opened.ask(`POST /admin/pending-links/${id}/reveal`, { cookie: by });
    expect((await reveal(String(item?.['id']), person.cookie)).status).toBe(403);
    expect((await reveal('00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await reveal('x')).status).toBe(404);
    expect(await reveal(String(item?.['id']))).toMatchObject({
      status: 200,
      json: { link: `http://stowage.example/reset-password#${code}` },
    });
    const audited = await opened.database.run((db) => db.auditEvent.findMany({ where: { action: 'link.reveal' } }));
    expect(audited.map(({ actorName, target, detail }) => ({ actorName, target, detail }))).toEqual([
      { actorName: administrator.username, target: email, detail: { letter: RESET } },
    ]);
    expect((await opened.ask('POST /password-resets/complete', { body: { code, newPassword: NEW } })).status).toBe(204);
    expect((await reveal(String(item?.['id']))).status).toBe(404);
    for (const cursor of ['eA', Buffer.from("2026-01-01' OR 1=1 --/x").toString('base64url')]) {
      expect((await opened.ask(`GET /admin/pending-links?cursor=${cursor}`, { cookie })).status).toBe(400);
    }
  });
});
