import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IssuerKeySource, IssuerPolicy, type Issuer } from '../src/index.js';
import { TestIssuer } from '../src/testing/index.js';

let issuer: TestIssuer;

beforeEach(async () => {
  issuer = await TestIssuer.start();
});
afterEach(async () => issuer.close());

async function fetchKeys(timeoutMs?: number): Promise<unknown> {
  const source = new IssuerKeySource(new IssuerPolicy([issuer.url]), timeoutMs === undefined ? {} : { timeoutMs });
  return source.fetch(issuer.url as Issuer);
}

const json = (text: string, headers: http.OutgoingHttpHeaders = {}, status = 200) => {
  issuer.answer = (_, response) => response.writeHead(status, headers).end(text);
};

describe('the keys of an issuer', () => {
  it('are fetched from where its configuration says', async () => {
    await fetchKeys();
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });

  it('are not taken from an issuer that calls itself something else', async () => {
    issuer.configuration = { issuer: 'https://gitlab.com' };
    await expect(fetchKeys()).rejects.toThrow('has no usable configuration');
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration']);
  });

  it.each([undefined, 'jwks', 'file:///etc/passwd', 7])('are not sought at %j', async (jwks_uri) => {
    issuer.configuration = { jwks_uri };
    await expect(fetchKeys()).rejects.toThrow('has no usable configuration');
  });

  it.each([
    ['an error', () => json('{}', {}, 500), 'answered with an error'],
    ['nothing that it says is JSON', () => json('<html>'), 'answered with something else than JSON'],
    ['a list', () => json('[]'), 'answered with something else than JSON'],
    ['more than 64 KiB', () => json(JSON.stringify({ issuer: 'a'.repeat(65_536) })), 'answered with too much'],
    ['something compressed', () => json('x', { 'content-encoding': 'gzip' }), 'answered with an error'],
  ])('are refused with %s', async (_, arrange, fault) => {
    arrange();
    await expect(fetchKeys()).rejects.toThrow(fault);
  });

  it('are not sought where a redirect leads', async () => {
    const elsewhere = http.createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    let visits = 0;
    elsewhere.on('request', () => (visits += 1));
    json('', { location: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` }, 302);
    await expect(fetchKeys()).rejects.toThrow('answered with an error');
    expect(visits).toBe(0);
    elsewhere.close();
  });

  it('are given up when the issuer takes too long, also in the middle of its answer', async () => {
    issuer.answer = () => undefined;
    await expect(fetchKeys(50)).rejects.toThrow('took too long to answer');
    issuer.answer = (_, response) => void response.writeHead(200).write('{');
    await expect(fetchKeys(50)).rejects.toThrow('took too long to answer');
  });

  it('are out of reach when nobody listens', async () => {
    await issuer.close();
    await expect(fetchKeys()).rejects.toThrow('could not be reached');
    issuer = await TestIssuer.start();
  });

  it.each([{ keys: 'none' }, {}, { keys: Array.from({ length: 65 }, () => ({ kty: 'RSA' })) }])(
    'are refused in the shape %#',
    async (keys) => {
      const { url } = issuer;
      issuer.answer = (request, response) =>
        response.end(JSON.stringify(request.url === '/jwks' ? keys : { issuer: url, jwks_uri: `${url}/jwks` }));
      await expect(fetchKeys()).rejects.toThrow('has no usable keys');
    },
  );
});

describe('an issuer that nobody listed', () => {
  const unlisted = (resolve: ConstructorParameters<typeof IssuerKeySource>[1]) =>
    new IssuerKeySource(new IssuerPolicy(), resolve).fetch('https://git.example.com' as Issuer);

  it('is not asked when its name leads inside', async () => {
    const { port } = new URL(issuer.url);
    await expect(
      unlisted({ resolve: (_, answer) => answer(null, [{ address: '127.0.0.1', family: 4 }]) }),
    ).rejects.toThrow('is not at a public address');
    await expect(new IssuerKeySource(new IssuerPolicy()).fetch(`http://127.0.0.1:${port}` as Issuer)).rejects.toThrow(
      'is not at a public address',
    );
    await expect(new IssuerKeySource(new IssuerPolicy()).fetch('https://[::1]' as Issuer)).rejects.toThrow(
      'is not at a public address',
    );
    expect(issuer.requests).toEqual([]);
  });
});
