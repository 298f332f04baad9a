import { type Legal, legalSchema, NO_LEGAL } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { noticeFieldOf, toLegal, toNoticeValues } from './notice-values';

const EVERYTHING: Legal = {
  terms: { version: '2026-11', notice: { kind: 'text', text: 'Be kind.' } },
  privacy: { kind: 'link', url: 'https://example.com/privacy' },
  abuseContact: 'abuse@example.com',
  statusPage: 'https://status.example.com/',
  security: {
    contacts: ['a@example.com', 'https://example.com/b'],
    expiresAt: '2100-01-01T23:59:59.000Z',
    policy: null,
  },
};

describe('the notices in a form', () => {
  it.each([NO_LEGAL, EVERYTHING])('are the same after a way into it and out of it', (legal) => {
    expect(toLegal(toNoticeValues(legal))).toEqual(legal);
  });

  it('show what is wrong beside the field that it is about', () => {
    const broken = toLegal({
      ...toNoticeValues(EVERYTHING),
      terms: { kind: 'link', url: 'ftp://example.com', text: '' },
      termsVersion: ' ',
      privacy: { kind: 'text', url: '', text: '' },
      abuseContact: 'nobody',
      statusPage: 'here',
      securityContacts: 'a@example.com\nnobody',
      securityExpires: '',
      securityPolicy: 'there',
    });
    const issues = legalSchema.safeParse(broken).error?.issues ?? [];
    expect(new Set(issues.map(({ path }) => noticeFieldOf(path.join('.'))))).toEqual(
      new Set([
        'terms',
        'termsVersion',
        'privacy',
        'abuseContact',
        'statusPage',
        'securityContacts',
        'securityExpires',
        'securityPolicy',
      ]),
    );
  });
});
