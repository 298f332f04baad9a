import { describe, expect, it } from 'vitest';
import { createToken, openApi, signUp } from './open-api.js';

const CONSOLE = 'https://console.example';
const EVIL = 'https://evil.example';
const CORS = /^access-control-/;
const corsHeaders = (headers: object) => Object.keys(headers).filter((name) => CORS.test(name));

describe('pages of other origins', () => {
  const closed = openApi();
  const opened = openApi({ corsOrigins: [CONSOLE] });

  it('may read nothing unless their origin is named', async () => {
    for (const [api, origin] of [
      [closed, CONSOLE],
      [opened, EVIL],
      [opened, 'null'],
      [opened, `${CONSOLE}.evil.example`],
    ] as const) {
      const answer = await api.ask('GET /setup', { headers: { origin } });
      expect([answer.status, corsHeaders(answer.headers)]).toEqual([200, []]);
      const preflight = await api.ask('OPTIONS /session', {
        headers: { origin, 'access-control-request-method': 'DELETE' },
      });
      expect([preflight.status, corsHeaders(preflight.headers)]).toEqual([404, []]);
    }
  });

  it('of a named origin use an access token, and never the cookie', async () => {
    const user = await signUp(opened);
    const token = await createToken(opened, user);
    const headers = { origin: CONSOLE, 'sec-fetch-site': 'cross-site' };
    const preflight = await opened.ask('OPTIONS /namespaces', {
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers]).toEqual([
      204,
      expect.objectContaining({
        'access-control-allow-origin': CONSOLE,
        'access-control-allow-headers': 'authorization, content-type, if-match, idempotency-key',
        vary: 'Origin',
      }),
    ]);
    const asked = await opened.ask('GET /session', { headers, token });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([200, CONSOLE]);
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials');
    const changed = await opened.ask('DELETE /account/sessions', { headers, cookie: user.cookie });
    expect(changed.status).toBe(403);
    expect((await opened.ask('GET /session', { cookie: user.cookie })).status).toBe(200);
  });
});
