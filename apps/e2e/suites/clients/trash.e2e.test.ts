import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAvailable } from '../../support/clients.js';
import { run, runOk } from '../../support/command.js';
import { makeTempDir, removeDir } from '../../support/data-dir.js';
import { anImage, type Image } from '../../support/images.js';
import { writeOciLayout } from '../../support/oci-layout.js';
import { useOwner } from '../../support/use-owner.js';
import { useStowage } from '../../support/use-stowage.js';

const hasSkopeo = isAvailable('skopeo', ['skopeo']);
const folder = makeTempDir('trash-client');

afterAll(() => removeDir(folder));

describe.runIf(hasSkopeo)('what a client deletes (J7)', () => {
  const running = useStowage();
  const owner = useOwner(running);
  let image: Image;
  let repository = '';
  let target = '';

  beforeAll(async () => {
    image = await anImage();
    repository = owner.newRepository();
    target = `docker://${running.host}/${repository}:v1`;
    writeOciLayout(path.join(folder, 'image'), 'v1', image);
  });

  const credentials = (option: string) => [`--${option}=${owner.person.username}:${owner.person.token}`];
  const copy = (from: string, to: string, side: 'src' | 'dest') => [
    'copy',
    '--insecure-policy',
    '--src-tls-verify=false',
    '--dest-tls-verify=false',
    ...credentials(`${side}-creds`),
    from,
    to,
  ];
  const pull = () => run('skopeo', copy(target, `oci:${path.join(folder, `pulled-${Date.now()}`)}:v1`, 'src'));

  test('is unknown to pulls at once, and pulls again after it was restored', async () => {
    await runOk('skopeo', copy(`oci:${path.join(folder, 'image')}:v1`, target, 'dest'));
    expect((await pull()).code).toBe(0);
    await runOk('skopeo', ['delete', '--tls-verify=false', ...credentials('creds'), target]);
    const refused = await pull();
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('manifest unknown');
    const namespace = repository.split('/')[0];
    const trash = await owner.person.call(`/namespaces/${namespace}/trash`);
    const { items } = trash.body as { items: { id: string; kind: string; digest: string }[] };
    expect(items).toMatchObject([{ kind: 'manifest', digest: image.manifest.digest }]);
    const restored = await owner.person.call(`/namespaces/${namespace}/trash/${items[0]!.id}/restore`, { body: {} });
    expect(restored.status).toBe(200);
    expect((await pull()).code).toBe(0);
  });
});
