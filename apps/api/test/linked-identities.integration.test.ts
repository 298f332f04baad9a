import { beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type SignedIn, signUp } from './open-api.js';
import { answerOf, ProviderSignIn } from './provider-sign-in.js';

const site = await ProviderSignIn.open();

describe('linking', () => {
  let person: SignedIn;
  beforeAll(async () => {
    person = await signUp(site.api);
  });

  it('is for those who have signed in to the account, and leaves one audit row', async () => {
    const account = site.newcomer();
    expect((await site.link(person, account)).json).toEqual({ outcome: 'linked', provider: 'oidc' });
    const signedIn = await site.visit(account);
    expect(signedIn.json).toMatchObject({ outcome: 'signed-in', user: { username: person.username } });
    const rows = await site.api.database.prepared(
      'test_rows',
      `SELECT 1 FROM audit_event WHERE action = 'identity.link' AND actor_id = $1`,
      [person.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('takes no identity that is somebody else’s', async () => {
    const account = site.newcomer();
    await site.join(account);
    expect((await site.link(person, account)).status).toBe(409);
  });

  it('is refused when somebody else has signed in meanwhile', async () => {
    const begun = await site.api.ask('POST /account/identities', { cookie: person.cookie, body: { provider: 'oidc' } });
    const back = await site.provider.visit(String(begun.json['url']), site.newcomer());
    await site.api.ask('DELETE /session', { cookie: person.cookie });
    expect((await site.complete(person.cookie, answerOf(back))).status).toBe(400);
    const login = { login: person.username, password: PASSWORD };
    person = { ...person, cookie: String((await site.api.ask('POST /session', { body: login })).cookie) };
  });

  it('ends when its owner says so; of somebody else it is not there', async () => {
    const account = site.newcomer();
    await site.link(person, account);
    const list = await site.api.ask('GET /account/identities', { cookie: person.cookie });
    const { id } = (list.json['items'] as { id: string }[]).at(-1)!;
    const other = await signUp(site.api);
    expect((await site.api.ask(`DELETE /account/identities/${id}`, { cookie: other.cookie })).status).toBe(404);
    expect((await site.api.ask(`DELETE /account/identities/${id}`, { cookie: person.cookie })).status).toBe(204);
    expect((await site.visit(account)).json).toMatchObject({ outcome: 'new' });
  });
});
