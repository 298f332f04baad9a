import { accountEndSchema } from '@stowage/contracts';
import { AuditSeals, AuditVerifier } from '@stowage/metadata';
import { aName, anImage, createRepository, pushImageRows } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { mailTo } from './mail-of.js';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('the end of an account', () => {
  let person: SignedIn;
  let other: SignedIn;
  let organization: string;

  beforeEach(async () => {
    [person, other] = [await signUp(opened), await signUp(opened)];
    organization = aName('org');
    await opened.ask('POST /namespaces', { cookie: other.cookie, body: { name: organization } });
    await join(person, 'developer');
  });

  const join = async ({ username }: SignedIn, role: string) =>
    opened.ask(`PUT /namespaces/${organization}/members/${username}`, { cookie: other.cookie, body: { role } });
  const preview = async () =>
    accountEndSchema.parse((await opened.ask('GET /account/deletion', { cookie: person.cookie })).json);
  const remove = async (repositories = 0, { username, cookie } = person) =>
    opened.ask('POST /account/deletion', { cookie, body: { username, repositories } });
  const exists = async () => opened.database.run((db) => db.user.count({ where: { id: person.id } }));
  const allRows = async () =>
    opened.database.run(async (db) => {
      const [row] = await db.$queryRaw<{ text: string }[]>`
        SELECT (SELECT string_agg(e::text, E'\n') FROM audit_event e) || (SELECT string_agg(m.pushed_by, ' ') FROM manifest m)
          || (SELECT string_agg(t::text, ' ') FROM tag t) || (SELECT string_agg(t::text, ' ') FROM tag_event t) AS text`;
      return row?.text ?? '';
    });
  const push = async (repository: string) => {
    const image = anImage();
    const record = await createRepository(opened.database, repository);
    await pushImageRows(opened.database, record, image, { tags: ['v1'] });
    await opened.database.run(async (db) => {
      const where = { repository: { name: repository } };
      await db.manifest.updateMany({ where, data: { pushedBy: person.username } });
      await db.tag.updateMany({ where, data: { updatedBy: person.username } });
      await db.tagEvent.updateMany({ where, data: { actor: person.username } });
    });
    return image;
  };

  it('takes sessions, tokens, memberships and the name along, and leaves a pseudonym in the log', async () => {
    await push(`${organization}/app`);
    // What a push of this person's leaves in the log of the organisation.
    await opened.database.run(
      (db) => db.$executeRaw`
        INSERT INTO audit_event (action, actor_kind, actor_id, actor_name, address, namespace_id, target, detail)
        SELECT 'manifest.push', 'user', ${person.id}::uuid, ${person.username}, '192.0.2.1', n.id, n.name || '/app', '{}'
        FROM namespace n WHERE n.name = ${organization}`,
    );
    const token = await createToken(opened, person);
    await new AuditSeals(opened.database, 0).seal();
    expect(await preview()).toEqual({ soleOwnerOf: [], isLastAdministrator: false, repositories: 0 });
    const answer = await remove();
    expect(answer.status).toBe(204);
    expect((await opened.ask('GET /session', { cookie: person.cookie })).status).toBe(401);
    expect((await opened.ask('GET /namespaces', { token })).status).toBe(401);
    const { json } = await opened.ask(`GET /namespaces/${organization}/members`, { cookie: other.cookie });
    expect(json['items']).toMatchObject([{ username: other.username }]);
    const text = await allRows();
    expect(text).not.toContain(person.username);
    expect(text).not.toContain('192.0.2.1');
    const [row] = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { action: 'user.delete', actorId: person.id } }),
    );
    expect(row).toMatchObject({ target: row?.actorName, detail: { repositories: 0, memberships: 1 } });
    expect(row?.target).toMatch(/^deleted-[0-9a-f]{12}$/);
    expect(text.split(row?.target ?? '').length).toBeGreaterThan(5);
    const again = { username: person.username, email: `${person.username}@example.com`, password: PASSWORD };
    expect((await opened.ask('POST /accounts', { body: again })).status).toBe(409);
    await new AuditSeals(opened.database, 0).seal();
    expect(await new AuditVerifier(opened.database, 0).verify()).toMatchObject({ firstBreak: null });
  });

  it.each([
    { what: 'that was proven', isProven: true, left: [0, 0, 0] },
    // Somebody who only says that it is theirs takes nothing from whose it is.
    { what: 'that was never proven', isProven: false, left: [1, 1, 1] },
  ])('takes letters and invitations for an address $what along', async ({ isProven, left }) => {
    const email = `${person.username}@example.com`;
    if (isProven)
      await opened.database.run((db) =>
        db.user.update({ where: { id: person.id }, data: { emailVerifiedAt: new Date() } }),
      );
    await opened.database.run((db) => db.user.update({ where: { id: other.id }, data: { isAdmin: true } }));
    const invite = { email: email.toUpperCase() };
    const inNamespace = `POST /namespaces/${organization}/invitations`;
    await opened.ask(inNamespace, { cookie: other.cookie, body: { ...invite, role: 'reader' } });
    await opened.ask('POST /admin/sign-up-invitations', { cookie: other.cookie, body: invite });
    const mine = `${person.username} was here`;
    const own = { currentPassword: PASSWORD, newPassword: mine };
    await opened.ask('POST /account/password', { cookie: person.cookie, body: own });
    expect((await mailTo(opened, email)).map(({ template }) => template).toSorted()).toEqual([
      'namespace-invitation',
      'password-changed',
      'sign-up-invitation',
      'verify-address',
    ]);
    expect((await remove()).status).toBe(204);
    const [invitations, signUps] = await opened.database.run(async (db) => {
      const where = { email: { equals: email, mode: 'insensitive' as const } };
      return [await db.invitation.count({ where }), await db.signUpInvitation.count({ where })];
    });
    const letters = (await mailTo(opened, email)).map(({ template }) => template);
    expect(letters).not.toContain('password-changed');
    expect(letters).not.toContain('verify-address');
    expect([invitations, signUps, letters.includes('namespace-invitation') ? 1 : 0]).toEqual(left);
  });

  it('takes the personal namespace along, with as many repositories as were agreed to', async () => {
    const image = await push(`${person.username}/app`);
    await push(`${person.username}/tool`);
    expect((await preview()).repositories).toBe(2);
    expect(await remove(1)).toMatchObject({ status: 409, json: { errors: [{ field: 'repositories' }] } });
    expect(await exists()).toBe(1);
    expect((await remove(2)).status).toBe(204);
    expect(await exists()).toBe(0);
    const left = await opened.database.run((db) =>
      db.repository.count({ where: { name: { startsWith: `${person.username}/` } } }),
    );
    expect(left).toBe(0);
    const digests = image.blobs.map(({ digest }) => digest);
    const queued = await opened.database.run((db) => db.blobReview.count({ where: { digest: { in: digests } } }));
    expect(queued).toBe(digests.length);
  });

  it('is refused while an organisation has no other owner, and says which', async () => {
    const mine = aName('org');
    await opened.ask('POST /namespaces', { cookie: person.cookie, body: { name: mine } });
    expect((await preview()).soleOwnerOf).toEqual([mine]);
    const refused = await remove();
    expect(refused.status).toBe(409);
    expect(refused.json['detail']).toContain(mine);
    await opened.ask(`PUT /namespaces/${mine}/members/${other.username}`, {
      cookie: person.cookie,
      body: { role: 'owner' },
    });
    expect((await remove()).status).toBe(204);
  });

  it('leaves an organisation one of two owners who go at the same moment', async () => {
    await join(person, 'owner');
    const answers = await Promise.all([remove(), remove(0, other)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    const owners = await opened.database.run((db) =>
      db.member.count({ where: { namespace: { name: organization }, role: 'owner' } }),
    );
    expect(owners).toBe(1);
  });

  it('is refused to the last administrator', async () => {
    await opened.database.run(async (db) => {
      await db.user.updateMany({ data: { isAdmin: false } });
      await db.user.update({ where: { id: person.id }, data: { isAdmin: true } });
    });
    expect((await preview()).isLastAdministrator).toBe(true);
    expect((await remove()).status).toBe(409);
    expect(await exists()).toBe(1);
  });

  it('needs the person, their own name, and a sign-in that is not long ago', async () => {
    const token = await createToken(opened, person);
    const body = { username: person.username, repositories: 0 };
    expect((await opened.ask('POST /account/deletion', { token, body })).status).toBe(403);
    const wrong = { ...body, username: other.username };
    expect((await opened.ask('POST /account/deletion', { cookie: person.cookie, body: wrong })).status).toBe(400);
    await opened.database.run((db) => db.$executeRaw`UPDATE session SET confirmed_at = now() - interval '11 minutes'`);
    expect(await remove()).toMatchObject({ status: 403, json: { reason: 'confirmation-needed' } });
    expect(await exists()).toBe(1);
  });

  it('is preceded by a file of everything about the person, and nothing secret', async () => {
    await push(`${person.username}/app`);
    const token = await createToken(opened, person);
    const file = await opened.ask('GET /account/export', { cookie: person.cookie });
    expect(file.headers['content-disposition']).toBe(`attachment; filename="stowage-${person.username}.json"`);
    expect(file.json).toMatchObject({
      account: { username: person.username, email: `${person.username}@example.com` },
      accessTokens: [{ name: 'ci' }],
      memberships: [{ role: 'developer' }, { role: 'owner' }].toSorted(() => (organization < person.username ? 0 : -1)),
      repositories: [{ name: `${person.username}/app`, tags: [{ name: 'v1' }] }],
    });
    const events = file.json['events'] as { action: string }[];
    expect(events.map(({ action }) => action)).toContain('user.create');
    expect(file.text).not.toContain(token);
    expect(file.text).not.toContain('argon2');
    expect(file.text).not.toContain(other.username);
    expect((await opened.ask('GET /account/export', { token })).status).toBe(403);
  });
});
