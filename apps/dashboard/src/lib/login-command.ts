export type LoginClient = 'docker' | 'podman' | 'skopeo';

interface LoginInput {
  readonly client: LoginClient;
  readonly host: string;
  readonly username: string;
  readonly secret: string;
  readonly plainHttp: boolean;
}

/** The secret goes in through stdin: as an argument it would be in every process list. */
export function loginCommand({ client, host, username, secret, plainHttp }: LoginInput): string {
  const insecure = plainHttp && client !== 'docker' ? ' --tls-verify=false' : '';
  return `echo '${secret}' | ${client} login ${host} -u ${username} --password-stdin${insecure}`;
}
