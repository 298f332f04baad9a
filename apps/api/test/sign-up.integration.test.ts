import { createdSignUpInvitationSchema, pageOf, settingsSchema, signUpInvitationSchema } from '@stowage/contracts';
import { aName } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { mailTo } from './mail-of.js';
import { openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const SETTINGS = '/admin/settings';
const INVITATIONS = '/admin/sign-up-invitations';

describe('sign-up', () => {
  let administrator: SignedIn;
  const asAdministrator = async (line: string, body?: unknown) =>
    opened.ask(line, { cookie: administrator.cookie, ...(body === undefined ? {} : { body }) });
  const put = async (mode: string | null) => asAdministrator(`PUT ${SETTINGS}`, { signUp: mode });
  const join = async (invitation?: string, email = `${aName()}@example.com`) =>
    opened.ask('POST /accounts', {
      body: { username: aName('u'), email, password: PASSWORD, ...(invitation ? { invitation } : {}) },
    });
  const invite = async (body: object = {}) => {
    const answer = await asAdministrator(`POST ${INVITATIONS}`, body);
    const created = createdSignUpInvitationSchema.parse(answer.json);
    return { ...created, code: created.link.split('#')[1] ?? '' };
  };
  const auditOf = async (action: string) => opened.database.run((db) => db.auditEvent.findMany({ where: { action } }));

  beforeEach(async () => {
    await opened.database.run((db) => db.setting.deleteMany({ where: { name: 'sign-up.mode' } }));
    administrator = await signUp(opened);
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
  });

  it('is what the environment says until an administrator says it, and then at once', async () => {
    expect(settingsSchema.parse((await asAdministrator(`GET ${SETTINGS}`)).json).signUp).toEqual({
      mode: 'open',
      chosen: null,
      environment: 'open',
    });
    expect((await put('closed')).json['signUp']).toEqual({ mode: 'closed', chosen: 'closed', environment: 'open' });
    expect((await opened.ask('GET /setup')).json).toMatchObject({ signUp: 'closed' });
    expect((await join()).status).toBe(403);
    await put('closed');
    await put(null);
    expect((await join()).status).toBe(201);
    const changes = (await auditOf('setting.sign-up')).map(({ detail }) => detail);
    expect(changes).toEqual([
      { before: { mode: 'environment' }, after: { mode: 'closed' } },
      { before: { mode: 'closed' }, after: { mode: 'environment' } },
    ]);
  });

  it('by invitation takes each code once, and nothing without one', async () => {
    await put('invite');
    const { code, id } = await invite();
    for (const wrong of [undefined, 'x', `${code.slice(0, -1)}x`]) expect((await join(wrong)).status).toBe(403);
    const answers = await Promise.all(Array.from({ length: 6 }, () => join(code)));
    const countOf = (expected: number) => answers.filter(({ status }) => status === expected).length;
    expect([countOf(201), countOf(403)]).toEqual([1, 5]);
    const made = (await auditOf('user.create')).filter(({ detail }) => JSON.stringify(detail).includes(id));
    expect(made).toHaveLength(1);
  });

  it('leaves the invitation when the name is taken', async () => {
    await put('invite');
    const { code } = await invite();
    const body = { username: administrator.username, email: 'x@example.com', password: PASSWORD, invitation: code };
    expect((await opened.ask('POST /accounts', { body })).status).toBe(409);
    expect((await join(code)).status).toBe(201);
  });

  it('by an invitation to an address is for that address, in any case, and writes to it', async () => {
    await put('invite');
    const email = `${aName()}@example.com`;
    const { code, link } = await invite({ email });
    expect(await mailTo(opened, email)).toMatchObject([{ template: 'sign-up-invitation', link }]);
    expect((await join(code)).status).toBe(403);
    expect((await join(code, email.toUpperCase())).status).toBe(201);
    expect((await mailTo(opened, email)).map(({ template }) => template)).toEqual(['verify-address']);
  });

  it('by an invitation to a namespace makes a member of it', async () => {
    const name = aName('org');
    await asAdministrator('POST /namespaces', { name });
    const created = await asAdministrator(`POST /namespaces/${name}/invitations`, { role: 'developer' });
    const code = String(created.json['link']).split('#')[1];
    await put('invite');
    const answer = await join(code);
    expect(answer.status).toBe(201);
    const namespaces = await opened.ask('GET /namespaces', { cookie: answer.cookie });
    expect(namespaces.json['items']).toEqual(
      expect.arrayContaining([expect.objectContaining({ name, role: 'developer' })]),
    );
    expect((await join(code)).status).toBe(403);
  });

  it('closed is closed, with a code as well', async () => {
    const { code } = await invite();
    await put('closed');
    expect((await join(code)).status).toBe(403);
  });

  it('lists the invitations that can be used, without their links, and takes one back', async () => {
    const [first, second] = [await invite(), await invite({ email: 'guest@example.com', expiresInDays: 1 })];
    const list = async (query = '') => {
      const answer = await asAdministrator(`GET ${INVITATIONS}${query}`);
      expect(answer.text).not.toContain('stw_otc_');
      return pageOf(signUpInvitationSchema).parse(answer.json);
    };
    const page = await list('?limit=1');
    expect(page.items[0]).toMatchObject({ id: second.id, email: 'guest@example.com' });
    expect((await list(`?limit=1&cursor=${page.nextCursor}`)).items[0]).toMatchObject({ id: first.id, email: null });
    expect((await asAdministrator(`DELETE ${INVITATIONS}/${second.id}`)).status).toBe(204);
    expect((await asAdministrator(`DELETE ${INVITATIONS}/${second.id}`)).status).toBe(404);
    expect(await mailTo(opened, 'guest@example.com')).toEqual([]);
    await put('invite');
    expect((await join(second.code, 'guest@example.com')).status).toBe(403);
    await opened.database.run((db) => db.signUpInvitation.updateMany({ data: { expiresAt: new Date(0) } }));
    expect((await join(first.code)).status).toBe(403);
    expect((await list()).items).toEqual([]);
  });

  it('makes a new link for who has lost the letter; the old one is worth nothing', async () => {
    await put('invite');
    const email = `${aName()}@example.com`;
    const { code, id } = await invite({ email, expiresInDays: 1 });
    const renewed = createdSignUpInvitationSchema.parse(
      (await asAdministrator(`POST ${INVITATIONS}/${id}/renew`)).json,
    );
    expect(renewed).toMatchObject({ id, email });
    expect(Date.parse(renewed.expiresAt) - Date.now()).toBeGreaterThan(6 * 24 * 3_600_000);
    expect(await mailTo(opened, email)).toMatchObject([{ template: 'sign-up-invitation', link: renewed.link }]);
    expect((await join(code, email)).status).toBe(403);
    expect((await join(renewed.link.split('#')[1], email)).status).toBe(201);
    expect((await asAdministrator(`POST ${INVITATIONS}/${id}/renew`)).status).toBe(404);
    const rows = (await auditOf('sign-up-invitation.renew')).filter(({ target }) => target === id);
    expect(rows.map(({ detail }) => detail)).toEqual([{ email }]);
  });

  it.each([{ signUp: 'everybody' }, {}, { signUp: 'open', more: 1 }])('is not set to %j', async (body) => {
    expect((await asAdministrator(`PUT ${SETTINGS}`, body)).status).toBe(400);
  });
});
