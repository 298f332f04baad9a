import { describe, expect, it } from 'vitest';
import { pushCommands } from './push-steps';

const INPUT = { host: 'localhost:8080', namespace: 'acme', username: 'ada', secret: 'stw_1', plainHttp: true } as const;

describe('pushCommands', () => {
  it('needs nothing special for docker, which trusts localhost', () => {
    expect(pushCommands({ ...INPUT, client: 'docker' })).toEqual({
      login: "echo 'stw_1' | docker login localhost:8080 -u ada --password-stdin",
      tag: 'docker pull hello-world\ndocker tag hello-world localhost:8080/acme/hello-world:latest',
      push: 'docker push localhost:8080/acme/hello-world:latest',
    });
  });

  it('tells podman and skopeo about plain HTTP', () => {
    expect(pushCommands({ ...INPUT, client: 'podman' }).push).toContain('--tls-verify=false');
    const skopeo = pushCommands({ ...INPUT, client: 'skopeo' });
    expect(skopeo.tag).toBeNull();
    expect(skopeo.push).toContain('--dest-tls-verify=false');
    expect(pushCommands({ ...INPUT, client: 'podman', plainHttp: false }).push).not.toContain('tls');
  });

  it('shows a placeholder while there is no token', () => {
    expect(pushCommands({ ...INPUT, client: 'docker', secret: undefined }).login).toContain('<your access token>');
  });
});
