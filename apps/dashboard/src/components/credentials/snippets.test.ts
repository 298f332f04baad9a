import { describe, expect, it } from 'vitest';
import { credentialSnippets } from './snippets';

const INPUT = { host: 'cr.example.com', username: 'acme.ci', secret: 'stw_pat_secret', plainHttp: false };
const snippet = (label: string, input = INPUT) => credentialSnippets(input).find((one) => one.label === label);

describe('credentialSnippets', () => {
  it.each([
    ['Docker', "echo 'stw_pat_secret' | docker login cr.example.com -u acme.ci --password-stdin"],
    ['Podman', "echo 'stw_pat_secret' | podman login cr.example.com -u acme.ci --password-stdin"],
    ['Helm', "echo 'stw_pat_secret' | helm registry login cr.example.com -u acme.ci --password-stdin"],
  ])('logs %s in without the secret among the arguments', (label, text) => {
    expect(snippet(label)?.text).toBe(text);
  });

  it.each([
    ['Podman', '--tls-verify=false'],
    ['Helm', '--plain-http'],
  ])('tells %s of plain HTTP', (label, option) => {
    expect(snippet(label, { ...INPUT, plainHttp: true })?.text).toContain(option);
  });

  it('gives Kubernetes a pull secret with a configuration that docker can read', () => {
    const [, json = ''] = /'(.+)'/.exec(snippet('Kubernetes')?.text ?? '') ?? [];
    expect(JSON.parse(json)).toEqual({
      auths: { 'cr.example.com': { username: 'acme.ci', password: 'stw_pat_secret' } },
    });
  });

  it.each([
    [false, 'https://cr.example.com'],
    [true, 'http://cr.example.com'],
  ])('gives Terraform the address with its scheme, and no secret (plain HTTP: %s)', (plainHttp, address) => {
    const text = snippet('Terraform', { ...INPUT, plainHttp })?.text;
    expect(text).toContain(`address  = "${address}"`);
    expect(text).toContain('username = "acme.ci"');
    expect(text).not.toContain(INPUT.secret);
  });

  it.each(['GitHub', 'GitLab'])('keeps the secret out of the file that %s would commit', (label) => {
    expect(snippet(label)?.text).not.toContain(INPUT.secret);
    expect(snippet(label)?.text).toContain('STOWAGE_TOKEN');
    expect(snippet(label)?.text).toContain('acme.ci');
  });
});
