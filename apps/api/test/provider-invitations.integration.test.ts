import { aName } from '@stowage/metadata/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { signUp } from './open-api.js';
import { ProviderSignIn } from './provider-sign-in.js';

const site = await ProviderSignIn.open();

describe('sign-up with a provider by invitation', () => {
  const byInvitation = async () =>
    site.api.database.prepared(
      'test_mode',
      `INSERT INTO setting (name, value) VALUES ('sign-up.mode', '"invite"')`,
      [],
    );
  afterEach(async () => {
    await site.api.database.prepared('test_mode_end', `DELETE FROM setting WHERE name = 'sign-up.mode'`, []);
  });

  it('makes an account for who was invited, where sign-up is by invitation; the code is kept as a hash and works once', async () => {
    const captain = await signUp(site.api);
    await site.api.database.prepared('test_admin', 'UPDATE app_user SET is_admin = true WHERE id = $1', [captain.id]);
    const [account, other] = [site.newcomer(), site.newcomer()];
    const created = await site.api.ask('POST /admin/sign-up-invitations', {
      cookie: captain.cookie,
      body: { email: `${account}@example.com` },
    });
    const invitation = String(created.json['link']).split('#')[1];
    await byInvitation();
    const refused = await site.visit(account);
    expect(refused.status).toBe(403);
    expect(refused.json['detail']).toContain('Open the link of your invitation');
    const join = async (who: string) => {
      const first = await site.visit(who, site.api, { invitation });
      expect(first.json).toMatchObject({ outcome: 'new' });
      return site.api.ask('POST /sign-in-attempts/account', {
        cookie: first.sent,
        body: { username: aName('ada') },
      });
    };
    expect((await join(other)).status).toBe(403); // it is for another address
    const kept = await site.api.database.prepared<{ text: string }>(
      'test_kept',
      'SELECT data::text AS text FROM session',
      [],
    );
    expect(kept.map(({ text }) => text).join('')).not.toContain(invitation);
    expect((await join(account)).status).toBe(201);
    expect((await join(site.newcomer())).status).toBe(403);
    const wrong = await site.api.ask('POST /sign-in-providers/oidc/attempts', { body: { invitation: 'x' } });
    expect(wrong.status).toBe(403);
  });

  it('makes a member of who was invited to a namespace', async () => {
    const owner = await signUp(site.api);
    const name = aName('org');
    await site.api.ask('POST /namespaces', { cookie: owner.cookie, body: { name } });
    const made = await site.api.ask(`POST /namespaces/${name}/invitations`, {
      cookie: owner.cookie,
      body: { role: 'developer' },
    });
    const invitation = String(made.json['link']).split('#')[1];
    await byInvitation();
    const first = await site.visit(site.newcomer(), site.api, { invitation });
    const body = { username: aName('ada') };
    const joined = await site.api.ask('POST /sign-in-attempts/account', { cookie: first.sent, body });
    expect(joined.status).toBe(201);
    const members = await site.api.ask(`GET /namespaces/${name}/members`, { cookie: owner.cookie });
    expect(members.json['items']).toEqual(
      expect.arrayContaining([expect.objectContaining({ username: body.username, role: 'developer' })]),
    );
  });
});
