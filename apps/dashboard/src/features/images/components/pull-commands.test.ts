import { describe, expect, it } from 'vitest';
import { pullCommands } from './pull-commands';

const INPUT = { repository: 'r.example/team/app', tag: '1.2.0', digest: 'sha256:ab', plainHttp: false } as const;
const texts = (input: Parameters<typeof pullCommands>[0]) => pullCommands(input).map(({ text }) => text);

describe('pullCommands', () => {
  it('names the tag, the digest and the platform', () => {
    expect(texts({ ...INPUT, kind: 'index', platform: 'linux/arm64' })[0]).toBe(
      'docker pull --platform linux/arm64 r.example/team/app:1.2.0',
    );
    expect(texts({ ...INPUT, kind: 'image', tag: undefined })[0]).toBe('docker pull r.example/team/app@sha256:ab');
  });

  it('gives a chart to Helm, which wants the version and not the tag', () => {
    expect(texts({ ...INPUT, kind: 'chart', tag: '1.2.0_build.7', plainHttp: true })[0]).toBe(
      'helm pull --plain-http oci://r.example/team/app --version 1.2.0+build.7',
    );
  });

  it('gives other artifacts to ORAS and never to docker', () => {
    expect(texts({ ...INPUT, kind: 'artifact' })).toEqual([
      'oras pull r.example/team/app:1.2.0',
      'skopeo copy docker://r.example/team/app:1.2.0 oci-archive:app.tar',
    ]);
  });
});
