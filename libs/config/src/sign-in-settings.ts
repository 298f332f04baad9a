import type { Secret } from './secret.js';
import { defineSettings, type Refuse } from './settings-section.js';
import { secret, text, url } from './value-types.js';
import { type Variable, variable } from './variable.js';

/** A service that signs people in: its client id and secret are what it gave when this registry was registered there. */
export interface SignInProvider {
  readonly id: 'github' | 'google' | 'gitlab' | 'oidc';
  readonly name: string;
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

const id = (name: string, service: string) =>
  variable(name, { type: text(), defaultShown: 'unset', meaning: `with its secret: sign-in by ${service}` });
const secretOf = (name: string, service: string) =>
  variable(name, { type: secret(), defaultShown: 'unset', meaning: `the client secret that ${service} gave` });
const address = (name: string, options: { default?: string; meaning: string }) =>
  variable(name, { type: url(['https', 'http']), defaultShown: options.default ?? 'unset', meaning: options.meaning });

const fields = {
  githubId: id('STOWAGE_SIGNIN_GITHUB_CLIENT_ID', 'GitHub'),
  githubSecret: secretOf('STOWAGE_SIGNIN_GITHUB_CLIENT_SECRET', 'GitHub'),
  githubUrl: address('STOWAGE_SIGNIN_GITHUB_URL', { default: 'https://github.com', meaning: 'a GitHub of your own' }),
  googleId: id('STOWAGE_SIGNIN_GOOGLE_CLIENT_ID', 'Google'),
  googleSecret: secretOf('STOWAGE_SIGNIN_GOOGLE_CLIENT_SECRET', 'Google'),
  gitlabId: id('STOWAGE_SIGNIN_GITLAB_CLIENT_ID', 'GitLab'),
  gitlabSecret: secretOf('STOWAGE_SIGNIN_GITLAB_CLIENT_SECRET', 'GitLab'),
  gitlabUrl: address('STOWAGE_SIGNIN_GITLAB_URL', { default: 'https://gitlab.com', meaning: 'a GitLab of your own' }),
  oidcId: id('STOWAGE_SIGNIN_OIDC_CLIENT_ID', 'any OpenID provider'),
  oidcSecret: secretOf('STOWAGE_SIGNIN_OIDC_CLIENT_SECRET', 'the OpenID provider'),
  oidcUrl: address('STOWAGE_SIGNIN_OIDC_ISSUER', { meaning: 'the issuer of that OpenID provider' }),
  oidcName: variable('STOWAGE_SIGNIN_OIDC_NAME', {
    type: text(),
    default: 'single sign-on',
    meaning: 'what the button of that OpenID provider says after “Sign in with”',
  }),
};

/** Sign-in by other services, in the order of their buttons; none unless they are set. */
export const signInSettings = defineSettings(fields, (values, refuse): readonly SignInProvider[] => {
  const one = (
    provider: Pick<SignInProvider, 'id' | 'name'>,
    part: { id: Variable<unknown>; secret: Variable<unknown>; url?: Variable<unknown> },
    value: { id: string | undefined; secret: Secret | undefined; url: string | undefined },
  ): SignInProvider | undefined => {
    const { id: clientId, secret: clientSecret, url: at } = value;
    if (clientId === undefined && clientSecret === undefined) return undefined;
    if (clientId === undefined) return refuse(part.id, `${part.id.name} is missing: it is set with its secret`);
    if (clientSecret === undefined) return refuse(part.secret, `${part.secret.name} is missing: it is set with the id`);
    if (at === undefined)
      return refuse(part.url ?? part.id, `${(part.url ?? part.id).name} is missing: it is set with the id`);
    refusePlainHttp(part.url ?? part.id, at, refuse);
    return { ...provider, url: at, clientId, clientSecret };
  };
  const { githubId, githubSecret, githubUrl = 'https://github.com', gitlabUrl = 'https://gitlab.com' } = values;
  const { googleId, googleSecret, gitlabId, gitlabSecret, oidcId, oidcSecret, oidcUrl, oidcName } = values;
  return [
    one(
      { id: 'github', name: 'GitHub' },
      { id: fields.githubId, secret: fields.githubSecret, url: fields.githubUrl },
      { id: githubId, secret: githubSecret, url: githubUrl },
    ),
    one(
      { id: 'google', name: 'Google' },
      { id: fields.googleId, secret: fields.googleSecret },
      { id: googleId, secret: googleSecret, url: 'https://accounts.google.com' },
    ),
    one(
      { id: 'gitlab', name: 'GitLab' },
      { id: fields.gitlabId, secret: fields.gitlabSecret, url: fields.gitlabUrl },
      { id: gitlabId, secret: gitlabSecret, url: gitlabUrl },
    ),
    one(
      { id: 'oidc', name: oidcName },
      { id: fields.oidcId, secret: fields.oidcSecret, url: fields.oidcUrl },
      { id: oidcId, secret: oidcSecret, url: oidcUrl },
    ),
  ].filter((provider) => provider !== undefined);
});

/** A secret and everybody's identity go over this connection. */
function refusePlainHttp(part: Variable<unknown>, at: string, refuse: Refuse): void {
  const { protocol, hostname } = new URL(at);
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol === 'http:' && !isLoopback) refuse(part, `${part.name} must begin with https://`);
}
