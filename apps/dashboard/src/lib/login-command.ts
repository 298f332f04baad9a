export type LoginClient = 'docker' | 'podman' | 'skopeo' | 'helm';

interface LoginInput {
  readonly client: LoginClient;
  readonly host: string;
  readonly username: string;
  readonly secret: string;
  readonly plainHttp: boolean;
}

/** How each is told of a registry without TLS; docker finds out on localhost by itself. */
const PLAIN_HTTP: Record<LoginClient, string> = {
  docker: '',
  podman: ' --tls-verify=false',
  skopeo: ' --tls-verify=false',
  helm: ' --plain-http',
};

/** The secret goes in through stdin: as an argument it would be in every process list. */
export function loginCommand({ client, host, username, secret, plainHttp }: LoginInput): string {
  const command = client === 'helm' ? 'helm registry login' : `${client} login`;
  return `echo '${secret}' | ${command} ${host} -u ${username} --password-stdin${plainHttp ? PLAIN_HTTP[client] : ''}`;
}
