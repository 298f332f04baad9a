export { Delivery, type DeliveryOptions } from './delivery.js';
export type { Letter, LetterName, LinkOfLetter } from './letters.js';
export { Mailroom, UnknownLetterError, type WaitingMail } from './mailroom.js';
export type { Message } from './message.js';
export { createSmtpTransport, MailNotSentError, type MailTransport, type Outgoing } from './smtp-transport.js';
