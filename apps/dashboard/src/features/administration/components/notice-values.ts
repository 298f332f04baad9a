import type { Legal, LegalNotice } from '@stowage/contracts';

export type NoticeKind = 'none' | LegalNotice['kind'];

export interface NoticeDraft {
  readonly kind: NoticeKind;
  readonly url: string;
  readonly text: string;
}

/** The notices as a form holds them: every field is there, also while it counts for nothing. */
export interface NoticeValues {
  terms: NoticeDraft;
  termsVersion: string;
  privacy: NoticeDraft;
  abuseContact: string;
  statusPage: string;
  /** One a line. */
  securityContacts: string;
  /** A day, `YYYY-MM-DD`. */
  securityExpires: string;
  securityPolicy: string;
}

export function toNoticeValues({ terms, privacy, abuseContact, statusPage, security }: Legal): NoticeValues {
  return {
    terms: toDraft(terms?.notice ?? null),
    termsVersion: terms?.version ?? '',
    privacy: toDraft(privacy),
    abuseContact: abuseContact ?? '',
    statusPage: statusPage ?? '',
    ...toSecurityValues(security),
  };
}

function toSecurityValues(security: Legal['security']) {
  if (!security) return { securityContacts: '', securityExpires: '', securityPolicy: '' };
  const { contacts, expiresAt, policy } = security;
  return {
    securityContacts: contacts.join('\n'),
    securityExpires: expiresAt.slice(0, 10),
    securityPolicy: policy ?? '',
  };
}

function toDraft(notice: LegalNotice | null): NoticeDraft {
  return {
    kind: notice?.kind ?? 'none',
    url: notice?.kind === 'link' ? notice.url : '',
    text: notice?.kind === 'text' ? notice.text : '',
  };
}

/** What the API is to be told; it may still be refused. */
export function toLegal(values: NoticeValues): Legal {
  const terms = toNotice(values.terms);
  const contacts = values.securityContacts
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    terms: terms && { version: values.termsVersion.trim(), notice: terms },
    privacy: toNotice(values.privacy),
    abuseContact: orNull(values.abuseContact),
    statusPage: orNull(values.statusPage),
    security:
      contacts.length === 0
        ? null
        : {
            contacts,
            // Valid through the day that is named.
            expiresAt: `${values.securityExpires}T23:59:59.000Z`,
            policy: orNull(values.securityPolicy),
          },
  };
}

function toNotice({ kind, url, text }: NoticeDraft): LegalNotice | null {
  if (kind === 'none') return null;
  return kind === 'link' ? { kind, url: url.trim() } : { kind, text: text.trim() };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

const FIELDS: readonly (readonly [prefix: string, field: string])[] = [
  ['terms.notice', 'terms'],
  ['terms.version', 'termsVersion'],
  ['privacy', 'privacy'],
  ['abuseContact', 'abuseContact'],
  ['statusPage', 'statusPage'],
  ['security.contacts', 'securityContacts'],
  ['security.expiresAt', 'securityExpires'],
  ['security.policy', 'securityPolicy'],
];

/** The field of the form that a path of the API's is about; undefined when none is. */
export function noticeFieldOf(path: string): string | undefined {
  return FIELDS.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1];
}
