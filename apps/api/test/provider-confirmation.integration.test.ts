import { describe, expect, it } from 'vitest';
import { answerOf, type Begun, ProviderSignIn } from './provider-sign-in.js';

const site = await ProviderSignIn.open();

/** Somebody who has signed in, in a browser that the provider knows from then on, and begins to do so again. */
async function known(body: object = { again: true }) {
  const account = site.newcomer();
  await site.join(account);
  const browser = site.provider.browser(account);
  const first = await site.begin();
  expect((await site.complete(first.cookie, answerOf(await browser.follow(first.page.href)))).status).toBe(200);
  browser.prompts.length = 0;
  const begun = await site.begin(site.api, body);
  const finish = async (page: URL) => site.complete(begun.cookie, answerOf(await browser.follow(page.href)));
  return { browser, begun, finish };
}

function without({ page }: Begun, ...names: string[]): URL {
  const url = new URL(page);
  for (const name of names) url.searchParams.delete(name);
  return url;
}

describe('who signs in again to prove that it is still them', () => {
  it('is asked by a provider that knows their browser already, and then signed in', async () => {
    const { browser, begun, finish } = await known();
    expect(Object.fromEntries(begun.page.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
    expect(await finish(begun.page)).toMatchObject({ status: 200, json: { outcome: 'signed-in' } });
    expect(browser.prompts).toEqual(['login']);
  });

  it('is not asked for an ordinary sign-in', async () => {
    const { browser, begun, finish } = await known({});
    for (const name of ['prompt', 'max_age']) expect(begun.page.searchParams.has(name)).toBe(false);
    expect(await finish(begun.page)).toMatchObject({ status: 200, json: { outcome: 'signed-in' } });
    expect(browser.prompts).toEqual([]);
  });

  it.each([
    ['is asked as well when the browser takes out one of the two words for it: prompt', 'prompt'],
    ['is asked as well when the browser takes out one of the two words for it: max_age', 'max_age'],
  ])('%s', async (_, name) => {
    const { browser, begun, finish } = await known();
    await finish(without(begun, name));
    expect(browser.prompts).toEqual(['login']);
  });

  it('is refused when whoever sits there takes out both, so that the provider asks nothing', async () => {
    const { browser, begun, finish } = await known();
    const answer = await finish(without(begun, 'prompt', 'max_age'));
    expect(browser.prompts).toEqual([]);
    expect(answer).toMatchObject({ status: 403, json: { detail: expect.stringContaining('did not ask again') } });
    expect((await site.api.ask('GET /session', { cookie: begun.cookie })).status).toBe(401);
  });

  it('is refused with a proof that is older than the question', async () => {
    const { begun, finish } = await known();
    await site.api.database.run(
      (db) => db.$executeRaw`
        UPDATE session SET data = jsonb_set(data, '{providerSignIn,attempt,provedAfterMs}',
          to_jsonb((extract(epoch FROM now() + interval '10 minutes') * 1000)::bigint))
        WHERE data #>> '{providerSignIn,attempt,state}' = ${begun.page.searchParams.get('state')}`,
    );
    const answer = await finish(begun.page);
    expect(answer).toMatchObject({ status: 403, json: { detail: expect.stringContaining('did not ask again') } });
  });
});
