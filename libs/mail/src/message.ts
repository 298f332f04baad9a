import { toHtml } from './html.js';
import type { LetterWords } from './letters.js';

/** A letter as it is sent: plain text, and the same in HTML. */
export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MessageFrame {
  readonly publicUrl: URL;
  readonly link: URL | undefined;
}

/** Names in a letter are chosen by strangers: one line each, whatever they hold. */
export function toMessage(words: LetterWords, { publicUrl, link }: MessageFrame): Message {
  const subject = oneLine(words.subject);
  const paragraphs = words.paragraphs.map(oneLine);
  const footer = `Sent by the registry at ${publicUrl.origin}`;
  const action = link && `${words.action ?? 'Open'}:\n${link.href}`;
  const text = [...paragraphs, action, words.closing, `-- \n${footer}`].filter((part) => part !== undefined);
  return {
    subject,
    text: `${text.join('\n\n')}\n`,
    html: toHtml({
      subject,
      paragraphs,
      closing: words.closing,
      footer,
      button: link && { label: words.action ?? 'Open', href: link.href },
    }),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
