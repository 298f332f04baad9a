import type { RegistryAction } from '@stowage/auth';
import { RobotSecretStore, RobotStore } from '@stowage/metadata';
import { aBlob, anImage, createRepository, createRobot, type RobotOptions } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { anAcme, openApp, pushBlob, pushImage } from './open-app.js';

const opened = openApp();

/** A robot of a new namespace that may push below `team/`, and a token that says more than that. */
async function aRobot(options: Pick<RobotOptions, 'grants'> = {}) {
  const { tenant } = await anAcme(opened);
  const { name } = tenant.namespace;
  const grants = options.grants ?? [{ repository: `${name}/team/*`, actions: ['pull', 'push'] as const }];
  const robot = await createRobot(opened.database, tenant, {
    grants: grants.map(({ repository, actions }) => ({ repository, actions: [...actions] })),
  });
  const principal = { kind: 'robot', id: robot.id, name: robot.login } as const;
  const credentialId = robot.secrets[0]!.id;
  const tokenFor = (repository: string, ...actions: RegistryAction[]) =>
    opened.token({ principal, credentialId, access: { [repository]: actions } });
  const target = { namespace: tenant.namespace, name: robot.name, actor: tenant.actor };
  return { tenant, namespace: name, robot, target, credentialId, tokenFor };
}

describe('a robot', () => {
  it('makes a repository inside its grant by the first push, and is named for it', async () => {
    const { namespace, robot, credentialId, tokenFor } = await aRobot();
    const name = `${namespace}/team/app`;
    const image = anImage();
    const token = await tokenFor(name, 'pull', 'push');
    expect((await pushImage(opened, { name, token }, image, 'v1')).status).toBe(201);
    expect((await opened.request(`GET /v2/${name}/manifests/v1`, { token })).status).toBe(200);
    const events = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { target: { startsWith: name } }, orderBy: { id: 'asc' } }),
    );
    const actor = { actorKind: 'robot', actorId: robot.id, actorName: robot.login, credentialId };
    expect(events.map(({ action }) => action)).toEqual(expect.arrayContaining(['repository.create', 'manifest.push']));
    expect(events).toEqual(events.map(() => expect.objectContaining(actor)));
    const tag = await opened.database.run((db) => db.tag.findFirst({ where: { repository: { name } } }));
    expect(tag?.updatedBy).toBe(robot.login);
  });

  it('writes nothing outside its grant or namespace, whatever its token says, and makes nothing there', async () => {
    const { namespace, tokenFor } = await aRobot();
    const { namespace: other } = await aRobot();
    for (const name of [`${namespace}/app`, `${namespace}/teams/app`, `${other}/team/app`]) {
      const token = await tokenFor(name, 'pull', 'push', 'delete');
      expect((await pushBlob(opened, { name, token }, aBlob())).status).toBe(401);
      expect((await opened.request(`DELETE /v2/${name}/manifests/v1`, { token })).status).toBe(401);
    }
    const made = await opened.database.run((db) =>
      db.repository.findMany({ where: { name: { in: [`${namespace}/teams/app`, `${other}/team/app`] } } }),
    );
    expect(made).toEqual([]);
  });

  it('deletes with delete alone, and does not push with it', async () => {
    const { tenant } = await anAcme(opened);
    const name = `${tenant.namespace.name}/app`;
    const robot = await createRobot(opened.database, tenant, { grants: [{ repository: name, actions: ['delete'] }] });
    const principal = { kind: 'robot', id: robot.id, name: robot.login } as const;
    const access = { [name]: ['pull', 'push', 'delete'] as const };
    const token = await opened.token({ principal, credentialId: robot.secrets[0]!.id, access });
    expect((await opened.request(`DELETE /v2/${name}/manifests/none`, { token })).status).toBe(404);
    expect((await pushBlob(opened, { name, token }, aBlob())).status).toBe(401);
  });

  type Made = Awaited<ReturnType<typeof aRobot>>;
  it.each<[string, (made: Made) => Promise<unknown>]>([
    ['is disabled', ({ target }) => new RobotStore(opened.database).change(target, { disabled: true })],
    ['is deleted', ({ target }) => new RobotStore(opened.database).delete(target)],
    ['loses its grants', ({ target }) => new RobotStore(opened.database).change(target, { grants: [] })],
    [
      'loses its secret',
      ({ target, credentialId }) => new RobotSecretStore(opened.database).delete(credentialId, target),
    ],
    [
      'has expired',
      ({ robot }) =>
        opened.database.run((db) => db.robot.update({ where: { id: robot.id }, data: { expiresAt: new Date(0) } })),
    ],
  ])(
    'that %s in the middle of an upload goes no further, under a token that is still good (R17)',
    async (_, change) => {
      const made = await aRobot();
      const name = `${made.namespace}/team/app`;
      const token = await made.tokenFor(name, 'pull', 'push');
      const { headers } = await opened.request(`POST /v2/${name}/blobs/uploads/`, { token });
      const location = headers.location!;
      expect((await opened.request(`PATCH ${location}`, { token, body: 'x' })).status).toBe(202);
      await change(made);
      for (const line of [
        `PATCH ${location}`,
        `PUT ${location}?digest=${aBlob().digest}`,
        `POST /v2/${name}/blobs/uploads/`,
      ]) {
        expect([line, (await opened.request(line, { token })).status]).toEqual([line, 401]);
      }
    },
  );

  it('shares no upload with a user, nor with another robot of the same grants', async () => {
    const { tenant, namespace, tokenFor } = await aRobot();
    const name = `${namespace}/team/app`;
    const { headers } = await opened.request(`POST /v2/${name}/blobs/uploads/`, {
      token: await tokenFor(name, 'pull', 'push'),
    });
    const twin = await createRobot(opened.database, tenant);
    const principal = { kind: 'robot', id: twin.id, name: twin.login } as const;
    const access = { [name]: ['pull', 'push'] as const };
    const others = [
      await opened.token({ user: tenant.owner, access }),
      await opened.token({ principal, credentialId: twin.secrets[0]!.id, access }),
    ];
    for (const token of others) {
      expect((await opened.request(`PATCH ${headers.location}`, { token, body: 'x' })).status).toBe(404);
    }
  });

  it('lists in the catalog what it may pull', async () => {
    const { namespace, robot, credentialId } = await aRobot();
    for (const path of ['team/a', 'team/b', 'other']) await createRepository(opened.database, `${namespace}/${path}`);
    const principal = { kind: 'robot', id: robot.id, name: robot.login } as const;
    const token = await opened.token({ principal, credentialId, catalog: true });
    const { body } = await opened.request('GET /v2/_catalog', { token });
    const { repositories } = JSON.parse(body.toString()) as { repositories: string[] };
    const own = repositories.filter((name) => name.startsWith(`${namespace}/`));
    expect(own).toEqual([`${namespace}/team/a`, `${namespace}/team/b`]);
  });

  it('mounts from what it may pull and from nothing else', async () => {
    const { namespace, tenant, tokenFor } = await aRobot();
    const owner = (name: string) => opened.token({ user: tenant.owner, access: { [name]: ['pull', 'push'] } });
    const blob = aBlob();
    const [readable, hidden] = [`${namespace}/team/base`, `${namespace}/hidden`];
    const target = `${namespace}/team/app`;
    const token = await tokenFor(target, 'pull', 'push');
    await pushBlob(opened, { name: hidden, token: await owner(hidden) }, blob);
    const mount = async (from: string) =>
      (await opened.request(`POST /v2/${target}/blobs/uploads/?mount=${blob.digest}&from=${from}`, { token })).status;
    expect(await mount(hidden)).toBe(202);
    await pushBlob(opened, { name: readable, token: await owner(readable) }, blob);
    expect(await mount(readable)).toBe(201);
  });
});
