interface PullInput {
  /** `host/namespace/name:tag` or `…@sha256:…`. */
  readonly reference: string;
  readonly plainHttp: boolean;
  readonly platform?: string | undefined;
}

export interface PullCommand {
  readonly client: string;
  readonly text: string;
  readonly prompt: boolean;
}

export function pullCommands({ reference, plainHttp, platform }: PullInput): readonly PullCommand[] {
  const insecure = plainHttp ? ' --tls-verify=false' : '';
  const only = platform ? ` --platform ${platform}` : '';
  const directory = `${reference.split('/').pop()?.split(/[:@]/)[0] ?? 'image'}.tar`;
  return [
    { client: 'Docker', prompt: true, text: `docker pull${only} ${reference}` },
    { client: 'Podman', prompt: true, text: `podman pull${insecure}${only} ${reference}` },
    {
      client: 'Skopeo',
      prompt: true,
      text: `skopeo copy${plainHttp ? ' --src-tls-verify=false' : ''} docker://${reference} oci-archive:${directory}`,
    },
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
