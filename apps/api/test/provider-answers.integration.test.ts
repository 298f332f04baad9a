import { describe, expect, it } from 'vitest';
import { answerOf, ProviderSignIn } from './provider-sign-in.js';

const site = await ProviderSignIn.open();

describe('the answer of a provider', () => {
  it.each<[string, (back: URL) => object, number]>([
    ['another state', (back) => ({ ...answerOf(back), state: 'x'.repeat(43) }), 400],
    ['another code', (back) => ({ ...answerOf(back), code: 'not-the-code' }), 403],
    ['no code', (back) => ({ ...answerOf(back), code: undefined }), 403],
    ['the issuer of somebody else', (back) => ({ ...answerOf(back), iss: 'https://evil.example' }), 403],
    ['a refusal', (back) => ({ ...answerOf(back), code: undefined, error: 'access_denied' }), 403],
  ])('is refused with %s, and then worth nothing', async (_, change, status) => {
    const { cookie, page } = await site.begin();
    const back = await site.provider.visit(page.href, site.newcomer());
    expect((await site.complete(cookie, change(back))).status).toBe(status);
    expect((await site.api.ask('GET /session', { cookie })).status).toBe(401);
    if (status === 403) expect((await site.complete(cookie, answerOf(back))).status).toBe(400);
  });

  it('is refused in another browser, and a second time', async () => {
    const account = site.newcomer();
    await site.join(account);
    const mine = await site.begin();
    const theirs = await site.begin();
    const back = await site.provider.visit(mine.page.href, account);
    expect((await site.complete(theirs.cookie, answerOf(back))).status).toBe(400);
    expect((await site.api.ask('POST /sign-in-attempts/completion', { body: answerOf(back) })).status).toBe(400);
    const done = await site.complete(mine.cookie, answerOf(back));
    expect(done.status).toBe(200);
    expect((await site.complete(mine.cookie, answerOf(back))).status).toBe(400);
    expect((await site.complete(String(done.cookie), answerOf(back))).status).toBe(400);
  });

  it('is refused after ten minutes', async () => {
    const { cookie, page } = await site.begin();
    const back = await site.provider.visit(page.href, site.newcomer());
    await site.api.database.prepared(
      'test_late',
      `UPDATE session SET data = jsonb_set(data, '{providerSignIn,expiresAtMs}', '1') WHERE data ? 'providerSignIn'`,
      [],
    );
    expect((await site.complete(cookie, answerOf(back))).status).toBe(400);
  });
});

describe('where a sign-in leads', () => {
  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\evil.example',
    'javascript:alert(1)',
    'n/acme',
    '/\t/evil.example',
    '/\n/evil.example',
    '',
    ' /',
    '/a\\b',
    'https:evil.example',
  ])('is never %j', async (next) => {
    expect((await site.api.ask('POST /sign-in-providers/oidc/attempts', { body: { next } })).status).toBe(400);
  });
});
