import { aName } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { createToken, openApi, PASSWORD, signUp } from './open-api.js';

const LIMITS = { requestsPerMinute: 12, signUpsPerHour: 1000 };

describe('requests to the API', () => {
  const opened = openApi({ limits: LIMITS });

  it('are counted for each user, whatever the credential, and say how many are left', async () => {
    const user = await signUp(opened);
    const token = await createToken(opened, user);
    const answers = [];
    for (let asked = 0; asked < LIMITS.requestsPerMinute; asked += 1) {
      answers.push(await opened.ask('GET /session', asked % 2 ? { token } : { cookie: user.cookie }));
    }
    // One more was for the token itself.
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(11).fill(200), 429]);
    expect(answers[0]?.headers).toMatchObject({
      'ratelimit-policy': '"requests";q=12;w=60',
      ratelimit: expect.stringMatching(/^"requests";r=10;t=\d+$/),
    });
    const refused = answers.at(-1)!;
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(refused.headers['ratelimit']).toMatch(/^"requests";r=0;/);
    expect(refused.json['detail']).toMatch(/^Too many requests\. Try again in \d+ seconds\.$/);
    const other = await signUp(opened);
    expect((await opened.ask('GET /session', { cookie: other.cookie })).status).toBe(200);
  });

  it('without a user, or with bad credentials, are counted for the address', async () => {
    const statuses = new Set<number>();
    for (let asked = 0; asked <= LIMITS.requestsPerMinute; asked += 1) {
      statuses.add((await opened.ask('GET /session', { headers: { authorization: `Bearer ${aName()}` } })).status);
    }
    expect([...statuses]).toEqual([401, 429]);
    expect((await opened.ask('GET /setup')).status).toBe(429);
  });
});

describe('new accounts', () => {
  const opened = openApi({ limits: { requestsPerMinute: 0, signUpsPerHour: 3 } });

  it('are counted for the address, taken names too; a sign-in is not', async () => {
    const user = await signUp(opened);
    await signUp(opened);
    const body = { username: user.username, email: `${aName()}@example.com`, password: PASSWORD };
    expect((await opened.ask('POST /accounts', { body })).status).toBe(409);
    const refused = await opened.ask('POST /accounts', { body: { ...body, username: aName('u') } });
    expect([refused.status, Number(refused.headers['retry-after']) > 60]).toEqual([429, true]);
    const signIn = { login: user.username, password: PASSWORD };
    expect((await opened.ask('POST /session', { body: signIn })).status).toBe(200);
  });
});

describe('without limits', () => {
  const opened = openApi();

  it('nothing is counted', async () => {
    const { headers } = await opened.ask('GET /setup');
    expect(headers).not.toHaveProperty('ratelimit');
    const rows = await opened.database.prepared('test_limits', 'SELECT 1 FROM rate_window', []);
    expect(rows).toEqual([]);
  });
});
