import type { ContentKind } from './content-kind';

interface PullInput {
  readonly kind: ContentKind;
  /** `host/namespace/name`. */
  readonly repository: string;
  /** By tag, or else by digest. */
  readonly tag?: string | undefined;
  readonly digest: string;
  readonly plainHttp: boolean;
  readonly platform?: string | undefined;
}

export interface PullCommand {
  readonly client: string;
  readonly text: string;
  readonly prompt: boolean;
}

export function pullCommands(input: PullInput): readonly PullCommand[] {
  const { kind, repository, tag, digest, plainHttp } = input;
  const reference = tag === undefined ? `${repository}@${digest}` : `${repository}:${tag}`;
  if (kind === 'image' || kind === 'index') return imageCommands(reference, input);
  const insecure = plainHttp ? ' --plain-http' : '';
  const oras = { client: 'ORAS', prompt: true, text: `oras pull${insecure} ${reference}` };
  const skopeo = skopeoCommand(reference, plainHttp);
  if (kind === 'artifact' || tag === undefined) return [oras, skopeo];
  // Helm writes the plus of a version as an underscore in the tag, and wants the version.
  const helm = `helm pull${insecure} oci://${repository} --version ${tag.replaceAll('_', '+')}`;
  return [{ client: 'Helm', prompt: true, text: helm }, oras, skopeo];
}

function skopeoCommand(reference: string, plainHttp: boolean): PullCommand {
  const directory = `${reference.split('/').pop()?.split(/[:@]/)[0] ?? 'image'}.tar`;
  const insecure = plainHttp ? ' --src-tls-verify=false' : '';
  return {
    client: 'Skopeo',
    prompt: true,
    text: `skopeo copy${insecure} docker://${reference} oci-archive:${directory}`,
  };
}

function imageCommands(reference: string, { plainHttp, platform }: PullInput): readonly PullCommand[] {
  const insecure = plainHttp ? ' --tls-verify=false' : '';
  const only = platform ? ` --platform ${platform}` : '';
  return [
    { client: 'Docker', prompt: true, text: `docker pull${only} ${reference}` },
    { client: 'Podman', prompt: true, text: `podman pull${insecure}${only} ${reference}` },
    skopeoCommand(reference, plainHttp),
    {
      client: 'Kubernetes',
      prompt: false,
      text: ['containers:', '  - name: app', `    image: ${reference}`].join('\n'),
    },
    {
      client: 'containerd',
      prompt: true,
      text: `ctr images pull${plainHttp ? ' --plain-http' : ''}${only} ${reference}`,
    },
  ];
}
