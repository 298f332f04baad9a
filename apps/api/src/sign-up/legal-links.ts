import { contactHref, type Legal, type LegalLinks, type LegalNotice } from '@stowage/contracts';

/** Where the pages of the dashboard link to: elsewhere, or to its own page of a text. */
export function legalLinks({ terms, privacy, abuseContact, statusPage }: Legal): LegalLinks {
  return {
    terms: terms && { version: terms.version, href: hrefOf(terms.notice, '/legal/terms') },
    privacy: privacy && hrefOf(privacy, '/legal/privacy'),
    abuse: abuseContact === null ? null : contactHref(abuseContact),
    status: statusPage,
  };
}

function hrefOf(notice: LegalNotice, page: string): string {
  return notice.kind === 'link' ? notice.url : page;
}
