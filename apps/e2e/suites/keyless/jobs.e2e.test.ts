import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { paths } from '@stowage/contracts';
import { githubJobClaims, gitlabJobClaims, TestIssuer } from '@stowage/oidc/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { type DockerEngine, startDockerEngine } from '../../support/docker-engine.js';
import { anImage, type Image, tarOf } from '../../support/images.js';
import { expectStatus } from '../../support/management-api.js';
import { writeOciLayout } from '../../support/oci-layout.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const folder = makeTempDir('keyless');
const issuer = await TestIssuer.start();
const hasSkopeo = isAvailable('skopeo', ['skopeo']);
const engine = await startDockerEngine(path.join(folder, 'engine'));

afterAll(async () => {
  await engine?.stop();
  await issuer.close();
  removeDir(folder);
});

describe('a CI job without a secret (J5)', () => {
  const running = useStowage({ STOWAGE_PRIVATE_ISSUERS: issuer.url });
  const owner = useOwner(running);
  let image: Image;
  let source = '';

  beforeAll(async () => {
    image = await anImage();
    source = `oci:${path.join(folder, 'image')}:v1`;
    writeOciLayout(path.join(folder, 'image'), 'v1', image);
  });

  async function addRule(name: string, claims: object, repository: string): Promise<string> {
    const grants = [{ repository, actions: ['pull', 'push'] }];
    const body = { name, issuer: issuer.url, audience: running.url, claims, grants };
    const made = await expectStatus(201, owner.person.call(paths.trustRules(owner.namespace), { body }));
    return (made as { id: string }).id;
  }

  const copy = (token: string, to: string) =>
    run('skopeo', ['copy', '--insecure-policy', '--dest-tls-verify=false', `--dest-creds=oidc:${token}`, source, to]);

  test.runIf(hasSkopeo)('of GitHub Actions pushes with its ID token, and only where its rule says', async () => {
    const repository = owner.newRepository();
    const target = `docker://${running.host}/${repository}`;
    const rule = await addRule('release', { repository: 'octo-org/app', ref: 'refs/heads/main' }, repository);
    const token = await issuer.sign(githubJobClaims(running.url));
    expect(await copy(token, `${target}:v1`)).toMatchObject({ code: 0 });
    const creds = `--creds=oidc:${token}`;
    const output = await runOk('skopeo', ['inspect', '--tls-verify=false', creds, `${target}:v1`]);
    expect(JSON.parse(output)).toMatchObject({ Digest: image.manifest.digest });

    expect((await copy(token, `docker://${running.host}/${owner.newRepository()}:v1`)).code).not.toBe(0);
    const topic = await issuer.sign(githubJobClaims(running.url, { ref: 'refs/heads/topic' }));
    const refused = await copy(topic, `${target}:v2`);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('no trust rule takes this ID token');

    const events = await expectStatus(
      200,
      owner.person.call(`${paths.auditEvents(owner.namespace)}?action=manifest.push`),
    );
    const actor = `job repo:octo-org/app:ref:refs/heads/main by ${owner.namespace}/release`;
    expect(events).toMatchObject({ items: [{ actor, actorKind: 'rule' }] });

    await expectStatus(204, owner.person.call(paths.trustRule(owner.namespace, rule), { method: 'DELETE' }));
    expect((await copy(token, `${target}:v3`)).code).not.toBe(0);
  });

  test.runIf(engine)(
    'of GitLab CI pushes with docker, which keeps a session of the job instead of the ID token',
    async () => {
      const docker = engine as DockerEngine;
      const repository = owner.newRepository();
      await addRule('pipelines', { project_path: 'octo-group/app', ref_protected: 'true' }, repository);
      const reference = `${running.host}/${repository}:v1`;
      const layer = path.join(folder, 'layer.tar');
      writeFileSync(layer, await tarOf({ note: randomBytes(512) }));
      await docker.run(['import', layer, reference]);
      const token = await issuer.sign(gitlabJobClaims(running.url), { expiresIn: 300 });
      await docker.run(['login', running.host, '--username', 'oidc', '--password-stdin'], { input: token });
      const kept = readFileSync(path.join(folder, 'engine', 'config', 'config.json'), 'utf8');
      expect(kept).toMatch(/"identitytoken": "stw_job_/);
      expect(kept).not.toContain(Buffer.from(`oidc:${token}`).toString('base64'));
      await docker.run(['push', reference]);
      await docker.run(['pull', reference]);
      await docker.run(['logout', running.host]);
    },
  );
});
