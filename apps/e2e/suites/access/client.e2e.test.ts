import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { paths } from '@stowage/contracts';
import { expect, test } from 'vitest';
import { expectStatus } from '../../support/management-api.js';
import { useOwner } from '../../support/use-owner.js';
import { useSharedStowage } from '../../support/use-shared-stowage.js';

const running = useSharedStowage();
const owner = useOwner(running);
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The first program of the package's README, as somebody copies it. */
function example(): string {
  const readme = readFileSync(new URL('libs/client/README.md', `file://${root}`), 'utf8');
  const code = /```js\n(.*?)```/s.exec(readme)?.[1];
  if (code === undefined) throw new Error('the README has no example');
  return code;
}

test('the example of the client lists what its access token may see (X2)', async () => {
  const { person, namespace } = owner;
  const body = { name: 'app', visibility: 'internal' };
  await expectStatus(201, person.call(paths.repositories(namespace), { body }));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example()], {
    cwd: root,
    env: { ...process.env, STOWAGE_URL: running.url, STOWAGE_TOKEN: person.token },
  });
  expect(stderr).toBe('');
  expect(stdout).toBe(`${namespace}/app is internal\n`);
});

test('without a good token it ends with a sentence of the registry (X2)', async () => {
  const env = { ...process.env, STOWAGE_URL: running.url, STOWAGE_TOKEN: `${owner.person.token}x` };
  const failed = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example()], {
    cwd: root,
    env,
  });
  const error = (await failed.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as { stderr: string } | undefined;
  expect(error?.stderr).toMatch(/ApiError: \w.*/);
  expect(error?.stderr).toContain('status: 401');
  expect(error?.stderr).not.toContain(owner.person.token);
});
