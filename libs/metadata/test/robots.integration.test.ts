import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AlreadyExistsError } from '../src/database-errors.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import { GrantStore } from '../src/tenancy/grant-store.js';
import { RobotSecretStore } from '../src/tenancy/robot-secret-store.js';
import { RobotStore } from '../src/tenancy/robot-store.js';
import { StandingStore } from '../src/tenancy/standing-store.js';
import { chargedTo, createRepository, createRobot, createTenant, REVIEW_DELAY } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const robots = () => new RobotStore(opened.database);
const secrets = () => new RobotSecretStore(opened.database);
const newSecret = () => ({ hash: randomBytes(32), hint: 'stw_bot_next' });

/** A robot `ci` that may pull and push everything of its tenant. */
async function aRobot() {
  const tenant = await createTenant(opened.database);
  const hash = randomBytes(32);
  const robot = await createRobot(opened.database, tenant, { name: 'ci', hash });
  const target = { namespace: tenant.namespace, name: 'ci', actor: tenant.actor };
  const principal = { kind: 'robot', id: robot.id } as const;
  const standing = async (path = 'app') => {
    const repository = await createRepository(opened.database, `${tenant.namespace.name}/${path}`);
    return (await new StandingStore(opened.database).list([repository.name], principal))[0]!;
  };
  const audited = () =>
    opened.database.run((db) =>
      db.auditEvent.findMany({ where: { target: `${tenant.namespace.name}.ci` }, orderBy: { id: 'asc' } }),
    );
  const all = `${tenant.namespace.name}/*`;
  return { tenant, robot, hash, target, principal, standing, audited, all };
}

describe('a robot', () => {
  it('is made with grants, an end and one secret, and read back', async () => {
    const { tenant, robot, all, audited } = await aRobot();
    expect(robot).toMatchObject({
      login: `${tenant.namespace.name}.ci`,
      grants: [{ repository: all, actions: ['pull', 'push'] }],
      disabledAt: null,
      expiresAt: null,
      lastUsedAt: null,
      secrets: [{ hint: 'stw_bot_test', lastUsedAt: null, createdAt: expect.any(Date) }],
    });
    expect(await audited()).toMatchObject([
      {
        action: 'robot.create',
        namespaceId: tenant.namespace.id,
        detail: { after: { grants: [`${all} (pull, push)`], expires: 'never' } },
      },
    ]);
  });

  it('is one of its name in the namespace, and another one in each other namespace', async () => {
    const { tenant } = await aRobot();
    await expect(createRobot(opened.database, tenant, { name: 'ci' })).rejects.toThrow(AlreadyExistsError);
    await expect(aRobot()).resolves.toBeDefined();
  });

  it('holds its grants and no role, in its namespace alone', async () => {
    const { principal, standing, all } = await aRobot();
    expect(await standing()).toMatchObject({ role: null, grants: [{ repository: all, actions: ['pull', 'push'] }] });
    const other = await aRobot();
    const { name } = await createRepository(opened.database, `${other.tenant.namespace.name}/app`);
    expect((await new StandingStore(opened.database).list([name], principal))[0]?.grants).toEqual([]);
  });

  it('changes with one audit row of what was and is, and none when nothing is another thing now', async () => {
    const { target, all, audited } = await aRobot();
    const grants = [{ repository: all, actions: ['pull' as const] }];
    expect(await robots().change(target, { grants, description: 'builds' })).toBe(true);
    expect(await robots().change(target, { grants, description: 'builds' })).toBe(true);
    const before = { description: '', grants: [`${all} (pull, push)`] };
    const after = { description: 'builds', grants: [`${all} (pull)`] };
    expect((await audited()).slice(1)).toMatchObject([{ action: 'robot.update', detail: { before, after } }]);
    expect(await robots().change({ ...target, name: 'nobody' }, { disabled: true })).toBe(false);
  });

  it('may nothing while it is disabled or after its end, and its secret signs nobody in', async () => {
    const { target, standing, hash, robot, audited } = await aRobot();
    const may = async () => [(await standing()).grants.length, (await secrets().findUsable(hash)) !== undefined];
    expect(await may()).toEqual([1, true]);
    await robots().change(target, { disabled: true });
    expect(await may()).toEqual([0, false]);
    await robots().change(target, { disabled: false });
    expect(await may()).toEqual([1, true]);
    await opened.database.run((db) => db.robot.update({ where: { id: robot.id }, data: { expiresAt: new Date(0) } }));
    expect(await may()).toEqual([0, false]);
    await robots().change(target, { expiresInDays: 30 });
    expect(await may()).toEqual([1, true]);
    expect((await audited()).map(({ action }) => action)).toEqual([
      'robot.create',
      'robot.disable',
      'robot.enable',
      'robot.update',
    ]);
  });

  it('that is deleted takes along grants, secrets and uploads, whose reservation comes back', async () => {
    const { tenant, target, principal, hash, audited } = await aRobot();
    const repository = await createRepository(opened.database, `${tenant.namespace.name}/app`);
    const sessions = new UploadSessionStore(opened.database, REVIEW_DELAY);
    const session = await sessions.create({ repository, principal, storageToken: randomUUID() });
    await sessions.advance((await sessions.claim(session, 0))!, { offset: 70, storageToken: 't', keepClaim: false });
    expect(await robots().delete(target)).toBe(true);
    expect(await robots().delete(target)).toBe(false);
    expect(await secrets().findUsable(hash)).toBeUndefined();
    expect(await new GrantStore(opened.database).list({ ...target, subject: principal })).toEqual([]);
    expect(await sessions.find(session.id, { name: repository.name, principal })).toBeUndefined();
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 0 });
    expect((await audited()).at(-1)).toMatchObject({ action: 'robot.delete' });
  });

  it('gives its name to another one, and nothing else', async () => {
    const { tenant, robot, target, hash, standing } = await aRobot();
    await robots().delete(target);
    const heir = await createRobot(opened.database, tenant, { name: 'ci' });
    expect(heir.id).not.toBe(robot.id);
    expect(heir.secrets).toHaveLength(1);
    expect(await secrets().findUsable(hash)).toBeUndefined();
    expect((await standing()).grants).toEqual([]); // of the one who is gone
  });
});

describe('the secrets of a robot', () => {
  it('are two at most, also when ten are asked for at once', async () => {
    const { target, tenant, audited } = await aRobot();
    const added = await Promise.all(Array.from({ length: 10 }, () => secrets().add(target, newSecret())));
    expect(added.filter((each) => each === 'too many')).toHaveLength(9);
    expect((await robots().find(tenant.namespace.id, 'ci'))?.secrets).toHaveLength(2);
    expect((await audited()).map(({ action }) => action)).toEqual(['robot.create', 'robot.secret-create']);
  });

  it('are taken back one by one, and by nobody who names another robot', async () => {
    const { target, robot, hash, audited } = await aRobot();
    const stranger = await aRobot();
    const [first] = robot.secrets;
    expect(await secrets().delete(first!.id, stranger.target)).toBe(false);
    expect(await secrets().exists(first!.id)).toBe(true);
    expect(await secrets().delete(first!.id, target)).toBe(true);
    expect(await secrets().delete(first!.id, target)).toBe(false);
    expect(await secrets().exists(first!.id)).toBe(false);
    expect(await secrets().findUsable(hash)).toBeUndefined();
    expect((await audited()).at(-1)).toMatchObject({
      action: 'robot.secret-delete',
      detail: { before: { hint: 'stw_bot_test' } },
    });
  });

  it('remember their last use, and so does the robot', async () => {
    const { tenant, hash } = await aRobot();
    const found = (await secrets().findUsable(hash))!;
    expect(found.isStale).toBe(true);
    await secrets().touch(found.id, '192.0.2.7');
    expect((await secrets().findUsable(hash))?.isStale).toBe(false);
    const used = { lastUsedAt: expect.any(Date), lastUsedAddress: '192.0.2.7' };
    expect(await robots().find(tenant.namespace.id, 'ci')).toMatchObject({ ...used, secrets: [used] });
  });

  it('never become those of another robot', async () => {
    const [one, other] = [await aRobot(), await aRobot()];
    const secret = { id: one.robot.secrets[0]!.id };
    const moved = opened.database.run((db) =>
      db.robotSecret.update({ where: secret, data: { robotId: other.robot.id } }),
    );
    await expect(moved).rejects.toThrow();
  });
});
