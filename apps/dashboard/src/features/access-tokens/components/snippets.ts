import { loginCommand } from '../../../lib/login-command';

interface SnippetInput {
  readonly host: string;
  readonly username: string;
  readonly secret: string;
  readonly plainHttp: boolean;
}

export interface Snippet {
  readonly label: string;
  readonly text: string;
  readonly prompt: boolean;
  readonly note?: string;
}

/** The token in the places where people need it next. */
export function tokenSnippets({ host, username, secret, plainHttp }: SnippetInput): readonly Snippet[] {
  const login = (client: 'docker' | 'podman') => loginCommand({ client, host, username, secret, plainHttp });
  return [
    { label: 'Docker', prompt: true, text: login('docker') },
    { label: 'Podman', prompt: true, text: login('podman') },
    {
      label: 'Kubernetes',
      prompt: true,
      text: [
        'kubectl create secret docker-registry stowage \\',
        `  --docker-server=${host} \\`,
        `  --docker-username=${username} \\`,
        `  --docker-password=${secret}`,
      ].join('\n'),
      note: 'Then name it under imagePullSecrets of the pod or of its service account.',
    },
    {
      label: 'GitHub',
      prompt: false,
      text: [
        '- uses: docker/login-action@v3',
        '  with:',
        `    registry: ${host}`,
        `    username: ${username}`,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of GitHub Actions
        '    password: ${{ secrets.STOWAGE_TOKEN }}',
      ].join('\n'),
      note: 'A step for GitHub Actions. Save the token as the repository secret STOWAGE_TOKEN. It is not in the text above.',
    },
  ];
}
