import { totpCode } from '@stowage/authenticators/testing';
import { managedUserSchema, pageOf, totpKeySchema } from '@stowage/contracts';
import { expect, it } from 'vitest';
import { openApi, PASSWORD, signUp } from './open-api.js';

const opened = openApi();

it('an administrator takes the second factors of somebody away who has lost them; all their sessions end', async () => {
  const [administrator, person] = [await signUp(opened), await signUp(opened)];
  await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
  const { cookie } = administrator;
  const reset = `DELETE /admin/users/${person.username}/second-factors`;
  const shown = async () => {
    const { json } = await opened.ask(`GET /admin/users?search=${person.username}`, { cookie });
    return pageOf(managedUserSchema).parse(json).items[0]?.hasSecondFactor;
  };
  expect((await opened.ask(reset, { cookie })).status).toBe(409);
  const { key } = totpKeySchema.parse((await opened.ask('POST /account/totp/key', { cookie: person.cookie })).json);
  await opened.ask('PUT /account/totp', { cookie: person.cookie, body: { key, code: totpCode(key) } });
  expect(await shown()).toBe(true);
  const login = { login: person.username, password: PASSWORD };
  expect((await opened.ask('POST /session', { body: login })).status).toBe(401);
  expect((await opened.ask(reset, { cookie: person.cookie })).status).toBe(403);
  expect((await opened.ask('DELETE /admin/users/nobody-here/second-factors', { cookie })).status).toBe(404);
  expect((await opened.ask(reset, { cookie })).status).toBe(204);
  expect(await shown()).toBe(false);
  expect((await opened.ask('GET /session', { cookie: person.cookie })).status).toBe(401);
  expect((await opened.ask('POST /session', { body: login })).status).toBe(200);
  const rows = await opened.database.run((db) =>
    db.auditEvent.findMany({ where: { action: 'user.reset-factors', target: person.username } }),
  );
  expect(rows.map(({ actorName, detail }) => [actorName, detail])).toEqual([
    [
      administrator.username,
      {
        before: { authenticatorApp: true, passkeys: 0 },
        after: { authenticatorApp: false, passkeys: 0 },
        sessions: 1,
      },
    ],
  ]);
});
