import { loginCommand, type LoginClient } from '../../../lib/login-command';

interface PushInput {
  readonly client: LoginClient;
  readonly host: string;
  readonly namespace: string;
  readonly username: string;
  /** Undefined until a token was created here. */
  readonly secret: string | undefined;
  readonly plainHttp: boolean;
}

interface PushCommands {
  readonly login: string;
  /** Null for a client that copies from registry to registry and needs no local tag. */
  readonly tag: string | null;
  readonly push: string;
}

const SAMPLE = 'hello-world';

/** The commands of a first push, ready to paste: the sample image is small and everybody can pull it. */
export function pushCommands({ client, host, namespace, username, secret, plainHttp }: PushInput): PushCommands {
  const target = `${host}/${namespace}/${SAMPLE}:latest`;
  const login = loginCommand({ client, host, username, secret: secret ?? '<your access token>', plainHttp });
  if (client === 'skopeo') {
    const insecure = plainHttp ? ' --dest-tls-verify=false' : '';
    return {
      login,
      tag: null,
      push: `skopeo copy --all${insecure} docker://docker.io/library/${SAMPLE}:latest docker://${target}`,
    };
  }
  const source = client === 'podman' ? `docker.io/library/${SAMPLE}` : SAMPLE;
  const insecure = plainHttp && client === 'podman' ? ' --tls-verify=false' : '';
  return {
    login,
    tag: `${client} pull ${source}\n${client} tag ${source} ${target}`,
    push: `${client} push${insecure} ${target}`,
  };
}
