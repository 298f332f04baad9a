import type { RegistryAction } from '@stowage/auth';
import { AccessTokenStore } from '@stowage/metadata';
import { addMember, createUser } from '@stowage/metadata/testing';
import { describe, expect, it, vi } from 'vitest';
import { anAcme, openApp } from './open-app.js';

const opened = openApp();

async function denialsIn(namespaceId: string | null, target: string) {
  return opened.database.prepared(
    'test_denials',
    `SELECT action, actor_name AS actor, target, address, detail->>'reason' AS reason FROM audit_event
     WHERE action LIKE 'denial.%' AND namespace_id IS NOT DISTINCT FROM $1 AND target = $2 ORDER BY id`,
    [namespaceId, target],
  );
}

describe('a denial', () => {
  it.each<[string, string]>([
    ['GET tags/list', 'denial.pull'],
    ['PUT manifests/v1', 'denial.push'],
    ['POST blobs/uploads/', 'denial.push'],
    ['DELETE manifests/v1', 'denial.delete'],
  ])('of %s to somebody who may not is written down as %s where the namespace sees it', async (line, action) => {
    const { name, tenant } = await anAcme(opened);
    const user = await createUser(opened.database);
    const token = await opened.token({ user });
    const [method, path] = line.split(' ');
    expect((await opened.request(`${method} /v2/${name}/${path}`, { token })).status).toBe(401);
    expect(await denialsIn(tenant.namespace.id, name)).toEqual([
      { action, actor: user.username, target: name, address: '127.0.0.1', reason: 'nobody gave them the right' },
    ]);
  });

  it('of a write that the token allows and the rows no longer do is one, too', async () => {
    const { name, tenant } = await anAcme(opened);
    const user = await createUser(opened.database);
    const token = await opened.token({ user, access: { [name]: ['pull', 'push'] } });
    await opened.request(`POST /v2/${name}/blobs/uploads/`, { token });
    expect(await denialsIn(tenant.namespace.id, name)).toMatchObject([{ action: 'denial.push' }]);
  });

  it('says whether the credential is what was too little', async () => {
    const { name, tenant } = await anAcme(opened);
    const { owner, actor } = tenant;
    const tokens = new AccessTokenStore(opened.database);
    const grants = [{ repository: name, actions: ['pull' as const] }];
    const record = await tokens.create({
      userId: owner.id,
      name: 'ci',
      hash: Buffer.from(name),
      hint: 'h',
      grants,
      expiresInDays: 1,
      actor,
    });
    const token = await opened.token({ user: owner, credentialId: record.id, access: { [name]: ['pull', 'push'] } });
    await opened.request(`POST /v2/${name}/blobs/uploads/`, { token });
    await tokens.delete(record.id, owner.id, actor);
    await opened.request(`POST /v2/${name}/blobs/uploads/`, { token });
    expect(await denialsIn(tenant.namespace.id, name)).toMatchObject([
      { reason: 'their credential is limited' },
      { reason: 'their credential has ended or was revoked' },
    ]);
  });

  it('is none when a member only has to ask for a wider token, and for nobody in particular', async () => {
    const { name, tenant } = await anAcme(opened);
    const developer = await addMember(opened.database, tenant, 'developer');
    const narrow: RegistryAction[] = ['pull'];
    const tokens = [await opened.token({ user: developer, access: { [name]: narrow } }), await opened.token()];
    for (const token of tokens) {
      expect((await opened.request(`POST /v2/${name}/blobs/uploads/`, { token })).status).toBe(401);
    }
    expect((await opened.request(`POST /v2/${name}/blobs/uploads/`)).status).toBe(401);
    expect(await denialsIn(tenant.namespace.id, name)).toEqual([]);
  });

  it('is written for a missing repository as for a private one, after the same questions', async () => {
    const { name, tenant } = await anAcme(opened);
    const ask = async (asked: string) => {
      const token = await opened.token({ user: await createUser(opened.database) });
      const statements = vi.spyOn(opened.database, 'prepared');
      const transactions = vi.spyOn(opened.database, 'statements');
      await opened.request(`GET /v2/${asked}/tags/list`, { token });
      const questions = [statements.mock.calls.map(([statement]) => statement), transactions.mock.calls.length];
      vi.restoreAllMocks();
      return questions;
    };
    const missing = `${tenant.namespace.name}/nope`;
    const questions = await ask(name);
    expect(questions.flat()).toContain('rate_window_count');
    expect(await ask(missing)).toEqual(questions);
    expect(await ask('no-such-namespace/app')).toEqual(questions);
    expect(await denialsIn(tenant.namespace.id, missing)).toHaveLength(1);
    expect(await denialsIn(null, 'no-such-namespace/app')).toHaveLength(1);
  });

  it('is written ten times an hour at most, and refused all the same', async () => {
    const { name, tenant } = await anAcme(opened);
    const token = await opened.token({ user: await createUser(opened.database) });
    for (let asked = 0; asked < 15; asked += 1) {
      expect((await opened.request(`GET /v2/${name}/tags/list`, { token })).status).toBe(401);
    }
    expect(await denialsIn(tenant.namespace.id, name)).toHaveLength(10);
  });

  it('is the answer also when it can not be written down', async () => {
    const { name } = await anAcme(opened);
    const token = await opened.token({ user: await createUser(opened.database) });
    vi.spyOn(opened.database, 'changed').mockRejectedValue(new Error('no space'));
    expect((await opened.request(`GET /v2/${name}/tags/list`, { token })).status).toBe(401);
    vi.restoreAllMocks();
  });
});
