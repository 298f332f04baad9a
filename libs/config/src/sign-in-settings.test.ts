import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.js';
import { signInSettings } from './sign-in-settings.js';

const read = (environment: Record<string, string>) => loadConfig({ signIn: signInSettings }, environment).signIn;
const oidc = (more: Record<string, string> = {}) => ({
  STOWAGE_SIGNIN_OIDC_CLIENT_ID: 'stowage',
  STOWAGE_SIGNIN_OIDC_CLIENT_SECRET: 'hunter2',
  STOWAGE_SIGNIN_OIDC_ISSUER: 'https://id.example.com/realms/crew',
  ...more,
});

describe('signInSettings', () => {
  it('gives the services that are set up, with the addresses that everybody uses', () => {
    expect(read({})).toEqual([]);
    const providers = read({
      ...oidc({ STOWAGE_SIGNIN_OIDC_NAME: 'Crew' }),
      STOWAGE_SIGNIN_GOOGLE_CLIENT_ID: 'g',
      STOWAGE_SIGNIN_GOOGLE_CLIENT_SECRET: 's',
      STOWAGE_SIGNIN_GITLAB_CLIENT_ID: 'l',
      STOWAGE_SIGNIN_GITLAB_CLIENT_SECRET: 's',
      STOWAGE_SIGNIN_GITHUB_CLIENT_ID: 'h',
      STOWAGE_SIGNIN_GITHUB_CLIENT_SECRET: 's',
      STOWAGE_SIGNIN_GITHUB_URL: 'https://github.example.com',
    });
    expect(providers.map(({ id, name, url }) => [id, name, url])).toEqual([
      ['github', 'GitHub', 'https://github.example.com'],
      ['google', 'Google', 'https://accounts.google.com'],
      ['gitlab', 'GitLab', 'https://gitlab.com'],
      ['oidc', 'Crew', 'https://id.example.com/realms/crew'],
    ]);
    expect(providers.at(-1)?.clientSecret.reveal()).toBe('hunter2');
    expect(JSON.stringify(providers)).not.toContain('hunter2');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['an id without its secret', oidc({ STOWAGE_SIGNIN_OIDC_CLIENT_SECRET: '' }), /CLIENT_SECRET is missing/],
    ['a secret without its id', oidc({ STOWAGE_SIGNIN_OIDC_CLIENT_ID: '' }), /CLIENT_ID is missing/],
    ['no issuer', oidc({ STOWAGE_SIGNIN_OIDC_ISSUER: '' }), /ISSUER is missing/],
    ['plain HTTP', oidc({ STOWAGE_SIGNIN_OIDC_ISSUER: 'http://id.example.com' }), /ISSUER must begin with https/],
  ])('refuses %s', (_, environment, message) => {
    expect(() => read(environment)).toThrow(message);
  });

  it('takes plain HTTP on this machine', () => {
    expect(read(oidc({ STOWAGE_SIGNIN_OIDC_ISSUER: 'http://127.0.0.1:9000' }))).toHaveLength(1);
  });
});
