import { generateSecretToken, hashSecretToken } from '@stowage/auth';
import type { AccessGrant } from '@stowage/contracts';
import { NamespaceRenaming, RobotSecretStore, RobotStore } from '@stowage/metadata';
import type { NamespaceName } from '@stowage/oci';
import { createRobot, createTenant, type Tenant } from '@stowage/metadata/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRepository, sql } from './support/people.js';
import { basic, bodyOf, type RunningService, startService } from './support/running-service.js';

let running: RunningService;
let tenant: Tenant;
beforeAll(async () => {
  running = await startService();
  tenant = await createTenant(running.database, { name: 'acme' });
  for (const visibility of ['private', 'internal', 'public'] as const) {
    await addRepository(running.database, `acme/${visibility}`, visibility);
  }
});
afterAll(() => running.stop());

async function aRobot(grants?: AccessGrant[]) {
  const { text } = generateSecretToken('robot');
  const hash = hashSecretToken(text);
  const robot = await createRobot(running.database, tenant, { hash, ...(grants ? { grants } : {}) });
  const target = { namespace: tenant.namespace, name: robot.name, actor: tenant.actor };
  return { robot, target, secret: text, headers: basic(robot.login, text) };
}

const everything = (...names: string[]) => names.map((name): [string, string] => ['scope', `repository:${name}:*`]);

async function grantedTo(headers: Record<string, string>, ...names: string[]): Promise<string[]> {
  const response = await running.get(everything(...names), headers);
  expect(response.status).toBe(200);
  return (await running.claimsOf(response)).access.map(({ name, actions }) => `${name}:${actions.join(',')}`);
}

describe('a robot signs in', () => {
  it('with its name and a secret, by GET and by POST, and the token names it', async () => {
    const { robot, secret, headers } = await aRobot();
    const expected = {
      principal: { kind: 'robot', id: robot.id, name: robot.login },
      credentialId: robot.secrets[0]!.id,
      credentialExpiresAt: null,
    };
    expect(await running.claimsOf(await running.get([], headers))).toMatchObject(expected);
    const form = { grant_type: 'password', username: robot.login, password: secret, access_type: 'offline' };
    const posted = await running.post(form);
    expect(await running.claimsOf(posted.clone())).toMatchObject(expected);
    expect(await bodyOf(posted)).not.toHaveProperty('refresh_token');
    const offline = await running.get([['offline_token', 'true']], headers);
    expect(await bodyOf(offline)).not.toHaveProperty('refresh_token');
  });

  it('with the first and the second secret, while both live', async () => {
    const { robot, target, headers } = await aRobot();
    const { text } = generateSecretToken('robot');
    await new RobotSecretStore(running.database).add(target, { hash: hashSecretToken(text), hint: 'x' });
    expect((await running.get([], headers)).status).toBe(200);
    expect((await running.get([], basic(robot.login, text))).status).toBe(200);
    await new RobotSecretStore(running.database).delete(robot.secrets[0]!.id, target);
    expect((await running.get([], headers)).status).toBe(401);
    expect((await running.get([], basic(robot.login, text))).status).toBe(200);
  });

  it('under the name that its namespace had before, until that is given up (T9)', async () => {
    const { target, robot, secret, headers } = await aRobot();
    const present = { id: tenant.namespace.id, name: 'acme-corp' as NamespaceName };
    const renaming = new NamespaceRenaming(running.database);
    expect(await renaming.rename(tenant.namespace, present.name, target.actor)).toBe('renamed');
    const name = `acme-corp.${robot.name}`;
    const principal = { kind: 'robot', id: robot.id, name };
    expect(await running.claimsOf(await running.get([], headers))).toMatchObject({ principal });
    expect(await running.claimsOf(await running.get([], basic(name, secret)))).toMatchObject({ principal });
    expect((await running.get([], basic(`elsewhere.${robot.name}`, secret))).status).toBe(401);
    expect(await renaming.rename(present, tenant.namespace.name, target.actor)).toBe('renamed');
    await renaming.giveUp(tenant.namespace, present.name, target.actor);
    expect((await running.get([], basic(name, secret))).status).toBe(401);
    expect((await running.get([], headers)).status).toBe(200);
  });

  it('and when it did, and from where, is remembered', async () => {
    const { robot, headers } = await aRobot();
    await running.get([], headers);
    const found = await new RobotStore(running.database).find(tenant.namespace.id, robot.name);
    const used = { lastUsedAt: expect.any(Date), lastUsedAddress: '127.0.0.1' };
    expect(found).toMatchObject({ ...used, secrets: [used] });
  });

  it.each<[string, (robot: Awaited<ReturnType<typeof aRobot>>) => Promise<unknown>]>([
    ['is disabled', ({ target }) => new RobotStore(running.database).change(target, { disabled: true })],
    [
      'has expired',
      ({ robot }) => sql(running.database, `UPDATE robot SET expires_at = now() WHERE id = $1::uuid`, robot.id),
    ],
    ['is deleted', ({ target }) => new RobotStore(running.database).delete(target)],
  ])('not when it %s', async (_, change) => {
    const made = await aRobot();
    expect((await running.get([], made.headers)).status).toBe(200);
    await change(made);
    const answer = await running.get([], made.headers);
    expect(answer.status).toBe(401);
    expect(JSON.stringify(await answer.json())).not.toContain(made.secret);
  });

  it('not under another name, whoever has it', async () => {
    const { robot, secret } = await aRobot();
    const other = await aRobot();
    for (const login of [other.robot.login, tenant.owner.username, robot.name, `${robot.login}x`, '', 'acme']) {
      expect([login, (await running.get([], basic(login, secret))).status]).toEqual([login, 401]);
    }
    const failures = await running.database.run((db) =>
      db.auditEvent.findMany({ where: { action: 'login.fail', target: robot.login } }),
    );
    expect(failures).toHaveLength(6);
    expect(failures[0]).toMatchObject({
      namespaceId: tenant.namespace.id,
      detail: { reason: "somebody else's secret" },
    });
    expect(
      JSON.stringify(failures, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(secret);
  });
});

describe('the token of a robot', () => {
  it('carries what was granted and what is public, and nothing internal', async () => {
    const { headers } = await aRobot([
      { repository: 'acme/private', actions: ['pull'] },
      { repository: 'acme/team/*', actions: ['push'] },
    ]);
    const names = ['private', 'internal', 'public', 'team/new', 'team', 'teams/x'].map((path) => `acme/${path}`);
    expect(await grantedTo(headers, ...names)).toEqual(['acme/private:pull', 'acme/public:pull', 'acme/team/new:push']);
  });

  it('is for nothing in another namespace, whatever its grants look like', async () => {
    const other = await createTenant(running.database, { name: 'acmex' });
    await addRepository(running.database, 'acmex/private', 'private');
    const { headers } = await aRobot([{ repository: 'acme/*', actions: ['pull', 'push', 'delete'] }]);
    expect(await grantedTo(headers, 'acmex/private', 'acmex/new', `${other.owner.username}/app`)).toEqual([]);
  });

  it('for thirty-two scopes asks one query', async () => {
    const { headers } = await aRobot();
    const names = Array.from({ length: 32 }, (_, index) => `acme/r${index}`);
    expect(await grantedTo(headers, ...names)).toEqual(names.map((name) => `${name}:pull,push`));
  });
});
