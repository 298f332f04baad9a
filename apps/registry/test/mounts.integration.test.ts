import { AccessTokenStore } from '@stowage/metadata';
import { aBlob, createUser } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { anAcme, openApp, pushBlob } from './open-app.js';

const opened = openApp();
const { digest } = aBlob();

describe('an access token with limits', () => {
  async function limited(actions: readonly ('pull' | 'push' | 'delete')[]) {
    const acme = await anAcme(opened);
    const { owner, actor } = acme.tenant;
    const store = new AccessTokenStore(opened.database);
    const grants = [{ repository: acme.name, actions: [...actions] }];
    const record = await store.create({
      userId: owner.id,
      name: 'ci',
      hash: Buffer.from(acme.name),
      hint: 'h',
      grants,
      expiresInDays: 1,
      actor,
    });
    // A token that says more than the credential: made before the limits were, or by a mistake of the token service.
    const token = await opened.token({
      user: owner,
      credentialId: record.id,
      access: { [acme.name]: ['pull', 'push', 'delete'] },
    });
    return { acme, token, record, store };
  }

  it('limits every write, whatever the bearer token says', async () => {
    const { acme, token } = await limited(['pull']);
    expect((await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token })).status).toBe(401);
    expect((await opened.request(`DELETE /v2/${acme.name}/manifests/x`, { token })).status).toBe(401);
  });

  it('that is deleted ends every write at once', async () => {
    const { acme, token, record, store } = await limited(['pull', 'push']);
    expect((await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token })).status).toBe(202);
    await store.delete(record.id, acme.tenant.owner.id, acme.tenant.actor);
    expect((await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token })).status).toBe(401);
  });

  it('limits the source of a mount as well (CVE-2026-117685)', async () => {
    const { acme, token, record } = await limited(['pull', 'push']);
    const other = await anAcme(opened);
    const source = { ...other, name: `${acme.tenant.namespace.name}/secret` };
    source.token = await opened.token({ user: acme.tenant.owner, access: { [source.name]: ['pull', 'push'] } });
    const blob = aBlob();
    expect((await pushBlob(opened, source, blob)).status).toBe(201);
    expect(record.id).toBeDefined();
    expect(
      (await opened.request(`POST /v2/${acme.name}/blobs/uploads/?mount=${blob.digest}&from=${source.name}`, { token }))
        .status,
    ).toBe(202);
  });
});

describe('a mount', () => {
  it.each([
    ['from a private repository of others', 'private', 'named', 202],
    ['of a blob that only others have, without from', 'private', 'any', 202],
    ['from a public repository of others', 'public', 'named', 201],
    ['of a blob of a public repository, without from', 'public', 'any', 201],
    ['from a repository that does not have it', 'public', 'wrong', 202],
    ['from a name that can not be', 'public', 'bad', 202],
  ] as const)(
    '%s (%s, %s) is answered with %i (P14, P15, CVE-2024-39897, trap 7)',
    async (_, visibility, from, status) => {
      const [owner, thief] = [await anAcme(opened, { visibility }), await anAcme(opened)];
      const blob = aBlob();
      await pushBlob(opened, owner, blob);
      const named = { named: `&from=${owner.name}`, any: '', wrong: `&from=${thief.name}`, bad: '&from=../x' }[from];
      const answer = await opened.request(`POST /v2/${thief.name}/blobs/uploads/?mount=${blob.digest}${named}`, {
        token: thief.token,
      });
      expect(answer.status).toBe(status);
      const seen = await opened.request(`HEAD /v2/${thief.name}/blobs/${blob.digest}`, { token: thief.token });
      expect(seen.status).toBe(status === 201 ? 200 : 404);
    },
  );

  it('is 202 for what exists nowhere: the answer says nothing (trap 7)', async () => {
    const [owner, thief] = [await anAcme(opened), await anAcme(opened)];
    const blob = aBlob();
    await pushBlob(opened, owner, blob);
    const shape = async (query: string) => {
      const { status, headers, body } = await opened.request(`POST /v2/${thief.name}/blobs/uploads/?${query}`, {
        token: thief.token,
      });
      return [status, Object.keys(headers).toSorted(), body.toString()];
    };
    expect(await shape(`mount=${blob.digest}&from=${owner.name}`)).toEqual(
      await shape(`mount=${aBlob().digest}&from=nobody/nothing`),
    );
  });

  it('creates nothing for an account without a role (and no user is needed to be refused)', async () => {
    const { name } = await anAcme(opened);
    const user = await createUser(opened.database);
    const token = await opened.token({ user, access: { [name]: ['pull', 'push'] } });
    expect((await opened.request(`POST /v2/${name}/blobs/uploads/?mount=${digest}`, { token })).status).toBe(401);
  });
});
