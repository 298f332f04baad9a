import { describe, expect, it } from 'vitest';
import { LETTERS, type LetterName } from './letters.js';
import { toMessage } from './message.js';

const EVIL = '<img src=x onerror=alert(1)>"\'\r\nBcc: mallory@example.com';
const publicUrl = new URL('https://registry.example.com');
const names = Object.keys(LETTERS) as LetterName[];
const facts = {
  'verify-address': { username: EVIL },
  'change-address': { username: EVIL },
  'address-known': { username: EVIL },
  'address-changed': { username: EVIL, newAddress: EVIL },
  'reset-password': { username: EVIL },
  'password-changed': { username: EVIL },
  'sign-up-invitation': { inviter: EVIL },
  'namespace-taken-over': { namespace: EVIL, username: EVIL, administrator: EVIL },
  'namespace-invitation': { inviter: EVIL, namespace: EVIL, role: EVIL },
  'namespace-filling-up': {
    namespace: EVIL,
    percent: 80,
    used: '8 GiB',
    limit: '10 GiB',
    page: 'https://registry.example.com/n/acme/usage',
  },
} satisfies Record<LetterName, object>;

describe.each(names)('the letter %s', (name) => {
  const link = LETTERS[name].linkPath === null ? undefined : new URL(`${LETTERS[name].linkPath}#code`, publicUrl);
  const message = toMessage(LETTERS[name].write(facts[name]), { publicUrl, link });

  it('shows names as they are, and takes no markup and no header from them', () => {
    expect(message.html).not.toContain('<img');
    expect(message.html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39; Bcc:');
    expect(message.text).toContain('<img src=x onerror=alert(1)>"\' Bcc: mallory@example.com');
    expect(message.subject).not.toMatch(/[\r\n]/);
    expect(message.text).not.toMatch(/^Bcc:/m);
  });

  it('says where it comes from, and leads there', () => {
    expect(message.text).toContain('Sent by the registry at https://registry.example.com\n');
    expect(message.html.includes('<a ')).toBe(link !== undefined);
    expect(message.text.includes('#code\n')).toBe(link !== undefined);
    expect(message.html).not.toMatch(/<(?:img|script|link|iframe)/);
  });

  it('refuses facts that are not its own', () => {
    expect(() => LETTERS[name].write({ ...facts[name], more: 'x' })).toThrow();
    expect(() => LETTERS[name].write({})).toThrow();
  });
});
