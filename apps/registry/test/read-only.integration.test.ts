import { ReadOnlyModes, SYSTEM_ACTOR, UploadSessionStore } from '@stowage/metadata';
import { aBlob, anImage } from '@stowage/metadata/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Acme, anAcme, openApp, pushBlob, UPLOAD_TTL_SECONDS } from './open-app.js';

const opened = openApp();
let acme: Acme;
let modes: ReadOnlyModes;

beforeAll(async () => {
  acme = await anAcme(opened);
  modes = new ReadOnlyModes(opened.database);
});

beforeEach(async () => {
  await opened.database.run((db) => db.readOnlyMode.deleteMany());
});

const namespaceOf = async () => {
  const [name = ''] = acme.name.split('/');
  return opened.database.run((db) =>
    db.namespace.findUniqueOrThrow({ where: { name }, select: { id: true, name: true } }),
  );
};
const start = async () =>
  (await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token: acme.token })).headers.location!;

describe('read-only mode', () => {
  it.each(['registry', 'namespace'] as const)(
    'of the %s stops an upload at its next request, keeps it, and lets it go on afterwards',
    async (scope) => {
      const { token } = acme;
      const what = scope === 'registry' ? null : await namespaceOf();
      const blob = aBlob(100);
      const location = await start();
      await opened.request(`PATCH ${location}`, { token, body: blob.bytes.subarray(0, 60) });
      await modes.begin(what, 'moving', SYSTEM_ACTOR);
      const refused = await opened.request(`PATCH ${location}`, { token, body: blob.bytes.subarray(60) });
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '120']);
      expect(refused.body.toString()).toContain('moving');
      const status = await opened.request(`GET ${location}`, { token });
      expect([status.status, status.headers.range]).toEqual([204, '0-59']);
      expect((await opened.request(`PUT ${location}?digest=${blob.digest}`, { token, body: '' })).status).toBe(503);
      expect((await opened.request(`DELETE ${location}`, { token })).status).toBe(503);
      await modes.end(what, SYSTEM_ACTOR);
      const put = await opened.request(`PUT ${location}?digest=${blob.digest}`, {
        token,
        body: blob.bytes.subarray(60),
      });
      expect(put.status).toBe(201);
    },
  );

  it('keeps uploads that could not go on from being idle', async () => {
    await start();
    const sessions = new UploadSessionStore(opened.database, { seconds: 0 });
    const namespace = await namespaceOf();
    const age = async () =>
      opened.database.run(
        (db) =>
          db.$executeRaw`UPDATE upload_session SET touched_at = now() - make_interval(secs => ${UPLOAD_TTL_SECONDS + 60})`,
      );
    await age();
    expect(await sessions.listIdle(UPLOAD_TTL_SECONDS, 10)).not.toEqual([]);
    await modes.begin(namespace, 'moving', SYSTEM_ACTOR);
    expect(await sessions.listIdle(UPLOAD_TTL_SECONDS, 10)).toEqual([]);
    await modes.end(namespace, SYSTEM_ACTOR);
    expect(await sessions.listIdle(UPLOAD_TTL_SECONDS, 10)).toEqual([]);
  });

  it('lets pulls go on, and refuses a push, a mount and a delete with what people can do', async () => {
    const { name, token } = acme;
    const image = anImage();
    for (const blob of image.blobs) expect((await pushBlob(opened, acme, blob)).status).toBe(201);
    const put = () =>
      opened.request(`PUT /v2/${name}/manifests/v1`, {
        token,
        headers: { 'content-type': image.mediaType },
        body: image.bytes,
      });
    expect((await put()).status).toBe(201);
    await modes.begin(null, 'The disk is full', SYSTEM_ACTOR);
    expect((await opened.request(`GET /v2/${name}/manifests/v1`, { token })).status).toBe(200);
    for (const { digest } of image.blobs) {
      expect((await opened.request(`GET /v2/${name}/blobs/${digest}`, { token })).status).toBe(200);
    }
    const refused = [
      await put(),
      await opened.request(`POST /v2/${name}/blobs/uploads/?mount=${image.blobs[0]!.digest}&from=${name}`, { token }),
      await opened.request(`DELETE /v2/${name}/manifests/${image.digest}`, { token }),
    ];
    for (const { status, body } of refused) {
      expect(status).toBe(503);
      expect(JSON.parse(body.toString())).toEqual({
        errors: [
          {
            code: 'UNAVAILABLE',
            message:
              'This registry is read-only for now: The disk is full. Pulls go on; what changes content has to wait.',
          },
        ],
      });
    }
    expect((await opened.request(`GET /v2/${name}/manifests/v1`, { token })).status).toBe(200);
  });
});
