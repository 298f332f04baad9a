import { describe, expect, it } from 'vitest';
import { readDomainLines } from './domain-lines';

describe('a list of domains', () => {
  it('is read as people keep such lists, each domain once', () => {
    const text =
      '# disposable mail\r\nMailinator.com\r\n\n@trash.example\n*.spam.example # seen today\nmailinator.com\nbücher.example\n';
    expect(readDomainLines(text)).toEqual({
      domains: ['mailinator.com', 'trash.example', 'spam.example', 'xn--bcher-kva.example'],
      wrong: [],
    });
  });

  it('names the lines that are no domain', () => {
    expect(readDomainLines('example.com\nlocalhost\nsomebody@example.com\na b.example\n-x.example')).toEqual({
      domains: ['example.com'],
      wrong: ['localhost', 'somebody@example.com', 'a b.example', '-x.example'],
    });
  });
});
