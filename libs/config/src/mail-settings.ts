import type { Secret } from './secret.js';
import { defineSettings } from './settings-section.js';
import { secret, text, url } from './value-types.js';
import { variable } from './variable.js';

export interface Mail {
  readonly smtpUrl: Secret;
  readonly from: string;
}

const fields = {
  smtpUrl: variable('STOWAGE_SMTP_URL', {
    type: secret(url(['smtp', 'smtps'])),
    meaning: 'the mail server',
    defaultShown: 'unset: mail is off, links are shown in the dashboard',
  }),
  from: variable('STOWAGE_MAIL_FROM', {
    type: text('an e-mail address'),
    meaning: 'the sender of e-mails',
    defaultShown: 'unset',
  }),
};

/** Both or none: `undefined` means that no mail is sent. */
export const mailSettings = defineSettings(fields, ({ smtpUrl, from }, refuse): Mail | undefined => {
  if (smtpUrl !== undefined && from !== undefined) return { smtpUrl, from };
  if (smtpUrl !== undefined)
    return refuse(fields.from, 'STOWAGE_MAIL_FROM is missing: it is set together with STOWAGE_SMTP_URL');
  if (from !== undefined)
    return refuse(fields.smtpUrl, 'STOWAGE_SMTP_URL is missing: it is set together with STOWAGE_MAIL_FROM');
  return undefined;
});
