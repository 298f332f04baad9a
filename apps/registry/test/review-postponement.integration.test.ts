import { aBlob, anImage } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import { anAcme, anOutsider, openApp, pushBlob, pushImage } from './open-app.js';

const opened = openApp();

/** Almost over: a collector would look at it in a second. */
const nearlyOver = (queue: 'link_review' | 'manifest_review', digest: string) =>
  opened.database.run((db) =>
    db.$executeRawUnsafe(`UPDATE ${queue} SET review_after = now() + interval '1 second' WHERE digest = $1`, digest),
  );

/** Seconds until the review, `undefined` when there is none. */
async function untilReview(queue: 'link_review' | 'manifest_review', digest: string): Promise<number | undefined> {
  const [row] = await opened.database.run((db) =>
    db.$queryRawUnsafe<{ seconds: number }[]>(
      `SELECT extract(epoch FROM review_after - now())::float8 AS seconds FROM ${queue} WHERE digest = $1`,
      digest,
    ),
  );
  return row?.seconds;
}

describe('what a push is told is there (R2, I3)', () => {
  it('keeps a blob for the review delay when the token may push, so that the push can rely on the answer', async () => {
    const acme = await anAcme(opened);
    const blob = aBlob();
    await pushBlob(opened, acme, blob);
    await nearlyOver('link_review', blob.digest);
    const { status } = await opened.request(`HEAD /v2/${acme.name}/blobs/${blob.digest}`, { token: acme.token });
    expect(status).toBe(200);
    expect(await untilReview('link_review', blob.digest)).toBeGreaterThan(3000);
  });

  it('keeps a manifest that is asked for by digest as well', async () => {
    const acme = await anAcme(opened);
    const image = anImage();
    await pushImage(opened, acme, image);
    await nearlyOver('manifest_review', image.digest);
    const { status } = await opened.request(`HEAD /v2/${acme.name}/manifests/${image.digest}`, { token: acme.token });
    expect(status).toBe(200);
    expect(await untilReview('manifest_review', image.digest)).toBeGreaterThan(3000);
  });

  it('keeps a blob whose PUT is repeated, because its answer was lost (R19)', async () => {
    const acme = await anAcme(opened);
    const blob = aBlob();
    const started = await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token: acme.token });
    const put = () =>
      opened.request(`PUT ${started.headers.location}?digest=${blob.digest}`, { token: acme.token, body: blob.bytes });
    expect((await put()).status).toBe(201);
    await nearlyOver('link_review', blob.digest);
    expect((await put()).status).toBe(201);
    expect(await untilReview('link_review', blob.digest)).toBeGreaterThan(3000);
  });

  it('keeps nothing for a token that may only pull, nor for a GET: who reads does not hold up collection', async () => {
    const acme = await anAcme(opened, { visibility: 'public' });
    const blob = aBlob();
    await pushBlob(opened, acme, blob);
    await nearlyOver('link_review', blob.digest);
    const reader = await anOutsider(opened, acme.name, ['pull']);
    const head = await opened.request(`HEAD /v2/${acme.name}/blobs/${blob.digest}`, { token: reader });
    const get = await opened.request(`GET /v2/${acme.name}/blobs/${blob.digest}`, { token: acme.token });
    expect([head.status, get.status]).toEqual([200, 200]);
    expect(await untilReview('link_review', blob.digest)).toBeLessThan(3);
  });

  it('keeps nothing in another repository that has the blob too', async () => {
    const [ours, theirs] = [await anAcme(opened), await anAcme(opened)];
    const blob = aBlob();
    await pushBlob(opened, ours, blob);
    await pushBlob(opened, theirs, blob);
    await nearlyOver('link_review', blob.digest);
    await opened.request(`HEAD /v2/${ours.name}/blobs/${blob.digest}`, { token: ours.token });
    const rows = await opened.database.run(
      (db) => db.$queryRaw<{ repository: string; isSoon: boolean }[]>`
        SELECT repository_id::text AS repository, review_after < now() + interval '1 minute' AS "isSoon"
        FROM link_review WHERE digest = ${blob.digest}`,
    );
    const soon = rows.filter((row) => row.isSoon).map((row) => row.repository);
    expect(soon).toEqual([theirs.repository.id]);
  });
});
