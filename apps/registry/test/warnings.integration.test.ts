import { parseWarnings } from '@stowage/oci';
import { aBlob, anImage } from '@stowage/metadata/testing';
import { describe, expect, it } from 'vitest';
import type { Answer } from './http-client.js';
import { type Acme, anAcme, openApp, pushBlob, pushImage } from './open-app.js';

const opened = openApp();
const DAY_MS = 24 * 60 * 60 * 1000;
const LIMIT = 1_000_000;

const warningsOf = ({ headers }: Answer) => parseWarnings(headers['warning']);

describe('a namespace that is almost full', () => {
  const start = ({ name, token }: Acme) => opened.request(`POST /v2/${name}/blobs/uploads/`, { token });

  it('warns those who push, from 80 % on, with percentage, limit and page (P28)', async () => {
    const acme = await anAcme(opened, { limitBytes: LIMIT });
    await pushBlob(opened, acme, aBlob(790_000));
    expect(warningsOf(await start(acme))).toEqual([]);
    const image = anImage();
    expect(warningsOf(await pushImage(opened, acme, image, 'v1'))).toEqual([]);
    await pushBlob(opened, acme, aBlob(60_000));
    const expected = expect.stringMatching(
      new RegExp(
        `^namespace ${acme.tenant.namespace.name} uses 85 % of its 976\\.6 KiB; .*: https://registry\\.example/`,
      ),
    );
    expect(warningsOf(await start(acme))).toEqual([expected]);
    expect(warningsOf(await pushBlob(opened, acme, aBlob(10)))).toEqual([expected]);
    expect(warningsOf(await pushImage(opened, acme, image, 'v2'))).toEqual([expected]);
  });

  it('is nothing that those who pull have to know', async () => {
    const acme = await anAcme(opened, { limitBytes: LIMIT });
    const blob = aBlob(900_000);
    await pushBlob(opened, acme, blob);
    for (const line of [`GET /v2/${acme.name}/blobs/${blob.digest}`, `GET /v2/${acme.name}/tags/list`, 'GET /v2/']) {
      expect((await opened.request(line, { token: acme.token })).headers).not.toHaveProperty('warning');
    }
  });
});

describe('an access token near its end', () => {
  const tokenOf = ({ tenant, name }: Acme, endsInMs: number | null) =>
    opened.token({
      user: tenant.owner,
      access: { [name]: ['pull', 'push', 'delete'] },
      credentialExpiresAt: endsInMs === null ? null : new Date(Date.now() + endsInMs),
    });

  it('is told with every answer, also with a blob, a 304, an error and a page (P28)', async () => {
    const acme = await anAcme(opened);
    const image = anImage();
    await pushImage(opened, acme, image, 'v1');
    const token = await tokenOf(acme, 3.5 * DAY_MS);
    const { name } = acme;
    const config = image.blobs[0]!.digest;
    const lines: [string, number, Record<string, string>?][] = [
      ['GET /v2/', 200],
      [`GET /v2/${name}/manifests/v1`, 200],
      [`HEAD /v2/${name}/manifests/v1`, 200],
      [`GET /v2/${name}/manifests/v1`, 304, { 'if-none-match': `"${image.digest}"` }],
      [`GET /v2/${name}/blobs/${config}`, 200],
      [`GET /v2/${name}/blobs/${config}`, 206, { range: 'bytes=0-0' }],
      [`GET /v2/${name}/blobs/${config}`, 416, { range: 'bytes=900000-' }],
      [`HEAD /v2/${name}/blobs/${config}`, 200],
      [`GET /v2/${name}/manifests/nothing`, 404],
      [`GET /v2/${name}/tags/list`, 200],
      [`POST /v2/${name}/blobs/uploads/`, 202],
      [`DELETE /v2/${name}/manifests/v1`, 202],
    ];
    for (const [line, status, headers = {}] of lines) {
      const answer = await opened.request(line, { token, headers });
      expect([line, answer.status]).toEqual([line, status]);
      expect(warningsOf(answer), line).toEqual([
        expect.stringMatching(
          /^your access token ends in 3 days, on \S+; .*: https:\/\/registry\.example\/access-tokens$/,
        ),
      ]);
    }
  });

  it('with more than a week left, or without an end, is told nothing', async () => {
    const acme = await anAcme(opened);
    for (const endsInMs of [null, 7.1 * DAY_MS, 90 * DAY_MS]) {
      const answer = await opened.request('GET /v2/', { token: await tokenOf(acme, endsInMs) });
      expect([answer.status, warningsOf(answer)]).toEqual([200, []]);
    }
  });

  it('comes before a full namespace, each in a header of its own', async () => {
    const acme = await anAcme(opened, { limitBytes: LIMIT });
    await pushBlob(opened, acme, aBlob(900_000));
    const answer = await opened.request(`POST /v2/${acme.name}/blobs/uploads/`, { token: await tokenOf(acme, DAY_MS) });
    const raw = answer.headers['warning'];
    expect(parseWarnings(raw)).toEqual([expect.stringContaining('access token'), expect.stringContaining('namespace')]);
    expect(raw).toMatch(/^299 - "[^"]+", 299 - "[^"]+"$/);
  });

  it('is said to nobody whose token does not open what was asked for', async () => {
    const [acme, other] = [await anAcme(opened), await anAcme(opened)];
    const answer = await opened.request(`GET /v2/${other.name}/tags/list`, { token: await tokenOf(acme, DAY_MS) });
    expect([answer.status, answer.headers['warning']]).toEqual([401, undefined]);
  });
});
