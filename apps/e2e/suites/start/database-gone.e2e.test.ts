import { paths } from '@stowage/contracts';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { anImage, noise } from '../../support/images.js';
import { callApi } from '../../support/management-api.js';
import { poll } from '../../support/poll.js';
import { canSeeProcesses, killAll, listProcesses } from '../../support/processes.js';
import { getToken } from '../../support/token-service.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

describe.runIf(canSeeProcesses)('while Postgres is gone', () => {
  const running = useStowage();
  const owner = useOwner(running);
  let repository = '';
  let token = '';

  beforeAll(async () => {
    repository = owner.newRepository();
    await owner.client.pushImage(repository, 'v1', await anImage());
    token = await owner.client.tokenFor(`repository:${repository}:pull,push`);
  });

  afterEach(async () => {
    await poll(async () => ((await fetch(`${running.url}/readyz`)).ok ? true : undefined), {
      what: 'Postgres to return',
    });
    expect(running.server.isRunning).toBe(true);
  });

  /** Nothing but Postgres works inside the data folder. */
  function killPostgres(): Promise<void> {
    return killAll(listProcesses(-1, running.server.dataDir));
  }

  interface Refusal {
    readonly status: number;
    readonly retryAfter: string | null;
    readonly body: string;
  }

  /** Every answer until the first that is right. */
  async function refusalsUntil(status: number, ask: () => Promise<Response>): Promise<Refusal[]> {
    const refusals: Refusal[] = [];
    await poll(
      async () => {
        const response = await ask();
        const body = await response.text();
        if (response.status === status) return true;
        refusals.push({ status: response.status, retryAfter: response.headers.get('retry-after'), body });
        return undefined;
      },
      { what: `status ${status}` },
    );
    return refusals;
  }

  function expectOnly503(refusals: readonly Refusal[]): void {
    expect(refusals.length).toBeGreaterThan(0);
    for (const { status, retryAfter, body } of refusals) {
      expect(status, body).toBe(503);
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
  }

  test('a pull is 503 with Retry-After, and works again without a restart', async () => {
    await killPostgres();
    const headers = { authorization: `Bearer ${token}` };
    const refusals = await refusalsUntil(200, () => fetch(`${running.url}/v2/${repository}/manifests/v1`, { headers }));
    expectOnly503(refusals);
    expect(JSON.parse(refusals[0]?.body ?? '')).toMatchObject({ errors: [{ code: 'UNAVAILABLE' }] });
  });

  test('a push is 503 with Retry-After, and works again without a restart', async () => {
    const blob = noise(1000);
    await killPostgres();
    const path = `/v2/${repository}/blobs/uploads/?digest=${blob.digest}`;
    const headers = { 'content-type': 'application/octet-stream' };
    const push = { headers, body: blob.bytes };
    expectOnly503(await refusalsUntil(201, () => owner.client.send('POST', path, push, token)));
    expect((await owner.client.getBlob(repository, blob.digest)).status).toBe(200);
  });

  test('a token request is 503 and not 401: credentials are not judged unseen', async () => {
    await killPostgres();
    const { username, token: secret } = owner.person;
    const service = new URL(running.url).host;
    const statuses: number[] = [];
    await poll(
      async () => {
        const answer = await getToken(`${running.url}/token`, { service }, { username, secret });
        statuses.push(answer.status);
        return answer.status === 200 ? true : undefined;
      },
      { what: 'a token' },
    );
    expect(new Set(statuses)).toEqual(new Set([503, 200]));
  });

  test('the management API is 503 with a problem, and readiness says so', async () => {
    await killPostgres();
    const { cookie } = owner.person;
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    const answer = await callApi(running.url, paths.namespaces, { headers: { cookie } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(503);
    expect(answer.body).toMatchObject({ status: 503, title: expect.any(String) });
  });
});
