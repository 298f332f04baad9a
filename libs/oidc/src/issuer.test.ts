import { describe, expect, it } from 'vitest';
import { InvalidIssuerError, IssuerPolicy } from './issuer.js';

const policy = new IssuerPolicy(['http://127.0.0.1:9000', 'https://gitlab.internal']);

describe('IssuerPolicy', () => {
  it.each([
    'https://token.actions.githubusercontent.com',
    'https://gitlab.com',
    'https://git.example.com/oidc/tenant',
    'https://git.example.com/',
    'https://8.8.8.8',
  ])('takes %s as it is', (text) => {
    expect(policy.parse(text)).toBe(text);
  });

  it('takes what the operator lists, letter by letter', () => {
    expect(policy.parse('http://127.0.0.1:9000')).toBe('http://127.0.0.1:9000');
    expect(policy.isListed('https://gitlab.internal')).toBe(true);
    expect(() => policy.parse('http://127.0.0.1:9000/')).toThrow(InvalidIssuerError);
    expect(() => policy.parse('https://gitlab.internal/x')).toThrow(InvalidIssuerError);
  });

  const refused = `
    gitlab.com http://gitlab.com gopher://gitlab.com file:///etc/passwd unix:/run/x //gitlab.com
    https://127.0.0.1 https://localhost https://0.0.0.0 https://[::1] https://[::ffff:127.0.0.1]
    https://[::] https://2130706433 https://0177.0.0.1 https://127.1 https://①②⑦.⓪.⓪.①
    https://169.254.169.254 https://metadata.google.internal https://a.internal https://a.local
    https://kubernetes.default.svc https://10.0.0.1 https://172.16.0.1 https://192.168.0.1
    https://100.64.0.1 https://[fc00::1] https://[fe80::1] https://[64:ff9b::7f00:1] https://db
    https://user:pass@gitlab.com https://evil.example#@gitlab.com https://gitlab.com?x
    https://gitlab.com# https://gitlab.com:8443 https://gitlab.com:443 https://GITLAB.com
    https://gitlab.com/a/../b https://localhost.
  `;
  const odd = ['', 'https://gitlab.com /', 'https://gitlab.com\n', `https://gitlab.com/${'a'.repeat(250)}`];

  it.each([...odd, ...refused.trim().split(/\s+/)])('refuses %j', (text) => {
    expect(() => policy.parse(text)).toThrow(InvalidIssuerError);
  });

  it('says what is wrong without the password that may stand in it', () => {
    expect(() => policy.parse('https://a:hunter2@gitlab.com')).toThrow('must not hold a name or a password');
  });
});
