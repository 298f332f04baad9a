import type { PresetName } from './presets';

interface CiSnippet {
  readonly label: string;
  readonly text: string;
}

interface Place {
  readonly host: string;
  readonly publicUrl: string;
  readonly audience: string;
  /** A name to push, for the example. */
  readonly repository: string;
}

/** What a job needs to sign in: the rule's audience in its token, and that token as the password. */
export function ciSnippet(preset: PresetName, { host, publicUrl, audience, repository }: Place): CiSnippet {
  const image = `${host}/${repository}:latest`;
  if (preset === 'github') {
    return {
      label: '.github/workflows/push.yml',
      text: `jobs:
  push:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@v5
      - name: Sign in to ${host}
        run: |
          curl -fsS -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
            "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${encodeURIComponent(audience)}" | jq -r .value |
            docker login ${host} --username oidc --password-stdin
      - run: docker build --tag ${image} . && docker push ${image}`,
    };
  }
  if (preset === 'gitlab') {
    return {
      label: '.gitlab-ci.yml',
      text: `push:
  image: docker:cli
  services: [docker:dind]
  id_tokens:
    REGISTRY_TOKEN:
      aud: ${audience}
  script:
    - echo "$REGISTRY_TOKEN" | docker login ${host} --username oidc --password-stdin
    - docker build --tag ${image} . && docker push ${image}`,
    };
  }
  return {
    label: 'In a shell',
    text: `echo "$ID_TOKEN" | docker login ${host} --username oidc --password-stdin
curl -fsS ${publicUrl}/token \\
  --data grant_type=urn:ietf:params:oauth:grant-type:token-exchange \\
  --data subject_token_type=urn:ietf:params:oauth:token-type:id_token \\
  --data subject_token="$ID_TOKEN" --data scope=repository:${repository}:pull,push`,
  };
}
