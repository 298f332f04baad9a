import { loginCommand } from '../../lib/login-command';

export interface SnippetInput {
  readonly host: string;
  /** What the client signs in as: a user name, or the login of a robot. */
  readonly username: string;
  readonly secret: string;
  readonly plainHttp: boolean;
}

export interface Snippet {
  readonly label: string;
  readonly text: string;
  /** Lines for a terminal; without, the text of a file. */
  readonly prompt: boolean;
  readonly note?: string;
}

/**
 * The secret in the places where people need it next. Where a file is committed the secret stands under a name, and the
 * note says where its value goes.
 */
export function credentialSnippets(input: SnippetInput): readonly Snippet[] {
  return [docker(input), podman(input), kubernetes(input), helm(input), gitHub(input), gitLab(input), terraform(input)];
}

function docker(input: SnippetInput): Snippet {
  return { label: 'Docker', prompt: true, text: loginCommand({ ...input, client: 'docker' }) };
}

function podman(input: SnippetInput): Snippet {
  return { label: 'Podman', prompt: true, text: loginCommand({ ...input, client: 'podman' }) };
}

/** A file and not `kubectl create`: as an argument the secret would be in the list of processes and in the shell's history. */
function kubernetes({ host, username, secret }: SnippetInput): Snippet {
  const config = JSON.stringify({ auths: { [host]: { username, password: secret } } });
  return {
    label: 'Kubernetes',
    prompt: false,
    text: [
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  name: stowage',
      'type: kubernetes.io/dockerconfigjson',
      'stringData:',
      `  .dockerconfigjson: '${config}'`,
    ].join('\n'),
    note: 'Apply it with “kubectl apply -f -”, then name it under imagePullSecrets of the pod or of its service account.',
  };
}

function helm(input: SnippetInput): Snippet {
  return {
    label: 'Helm',
    prompt: true,
    text: loginCommand({ ...input, client: 'helm' }),
    note: `Then “helm push” and “helm pull” take charts from oci://${input.host}/….`,
  };
}

function gitHub({ host, username }: SnippetInput): Snippet {
  return {
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
    note: 'A step for GitHub Actions. Save the secret under Settings → Secrets and variables → Actions as STOWAGE_TOKEN; it is not in the text above.',
  };
}

function gitLab({ host, username }: SnippetInput): Snippet {
  return {
    label: 'GitLab',
    prompt: false,
    text: [
      'image: docker:cli',
      'services: [docker:dind]',
      'before_script:',
      `  - echo "$STOWAGE_TOKEN" | docker login ${host} -u ${username} --password-stdin`,
    ].join('\n'),
    note: 'Part of a job in .gitlab-ci.yml. Save the secret under Settings → CI/CD → Variables as STOWAGE_TOKEN, masked; it is not in the text above.',
  };
}

/** The provider reads the secret from a variable: a file with it would be committed, and the state keeps what stands in one. */
function terraform({ host, username, plainHttp }: SnippetInput): Snippet {
  return {
    label: 'Terraform',
    prompt: false,
    text: [
      'variable "stowage_token" {',
      '  type      = string',
      '  sensitive = true',
      '}',
      '',
      'provider "docker" {',
      '  registry_auth {',
      `    address  = "${plainHttp ? 'http' : 'https'}://${host}"`,
      `    username = "${username}"`,
      '    password = var.stowage_token',
      '  }',
      '}',
    ].join('\n'),
    note: 'For the provider kreuzwerker/docker. Give the secret as TF_VAR_stowage_token in the environment; it is not in the text above.',
  };
}
