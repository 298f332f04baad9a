import { MemberStore } from '@stowage/metadata';
import { aBlob, addMember } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { anAcme, openApp } from './open-app.js';

const opened = openApp();
const { digest } = aBlob();

describe('a long upload', () => {
  async function startUpload() {
    const acme = await anAcme(opened);
    const member = await addMember(opened.database, acme.tenant, 'developer');
    const sign = (ageSeconds: number) =>
      opened.token({ user: member, access: { [acme.name]: ['pull', 'push'] }, ageSeconds });
    const { headers } = await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token: await sign(0) });
    return { acme, member, sign, location: headers.location! };
  }

  it('outlives the token that began it', async () => {
    const { sign, location } = await startUpload();
    const token = await sign(600);
    const blob = aBlob();
    expect((await opened.request(`PATCH ${location}`, { token, body: blob.bytes })).status).toBe(202);
    expect((await opened.request(`GET ${location}`, { token })).status).toBe(204);
    expect((await opened.request(`PUT ${location}?digest=${blob.digest}`, { token })).status).toBe(201);
  });

  it('does not outlive it forever', async () => {
    const { sign, location } = await startUpload();
    expect((await opened.request(`PATCH ${location}`, { token: await sign(5000), body: 'x' })).status).toBe(401);
  });

  it.each(['a lower role', 'no role', 'a disabled account'])(
    'ends with %s, also under a token that is still good (R17)',
    async (way) => {
      const { acme, member, sign, location } = await startUpload();
      const { namespace, actor } = acme.tenant;
      const target = { namespace, username: member.username, actor };
      const store = new MemberStore(opened.database);
      const token = await sign(0);
      expect((await opened.request(`PATCH ${location}`, { token, body: 'x' })).status).toBe(202);
      if (way === 'a lower role') await store.put(target, 'reader');
      else if (way === 'no role') await store.remove(target);
      else
        await opened.database.run((db) =>
          db.user.update({ where: { id: member.id }, data: { disabledAt: new Date() } }),
        );
      for (const line of [
        `PATCH ${location}`,
        `PUT ${location}?digest=${digest}`,
        `GET ${location}`,
        `DELETE ${location}`,
      ]) {
        expect([line, (await opened.request(line, { token })).status]).toEqual([line, 401]);
      }
    },
  );

  it('of somebody else is unknown, whoever asks and wherever (CVE-2026-32589)', async () => {
    const { acme, location } = await startUpload();
    const other = await anAcme(opened);
    const id = location.split('/').at(-1)!;
    const asks = [
      { name: acme.name, token: acme.token },
      { name: other.name, token: other.token },
    ];
    for (const { name, token } of asks) {
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
        for (const uuid of [id, '11111111-1111-4111-8111-111111111111', '..%2f..%2fx', 'not-a-uuid', `${id}0`]) {
          const answer = await opened.request(`${method} /v2/${name}/blobs/uploads/${uuid}?digest=${digest}`, {
            token,
          });
          expect([answer.status, answer.code]).toEqual([404, 'BLOB_UPLOAD_UNKNOWN']);
        }
      }
    }
  });
});
