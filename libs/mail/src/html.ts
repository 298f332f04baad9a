/** What stands on the page of a letter. */
export interface HtmlLetter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly label: string; readonly href: string } | undefined;
  readonly closing: string;
  readonly footer: string;
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const BUTTON = `${FONT};display:inline-block;padding:12px 20px;border-radius:8px;background:#0a6a72;color:#ffffff;text-decoration:none;font-weight:600`;

/** One column, styles in attributes, no image and nothing that is fetched: what every reader of mail shows alike. */
export function toHtml({ subject, paragraphs, button, closing, footer }: HtmlLetter): string {
  const body = [
    `<h1 style="${FONT};font-size:20px;line-height:1.3;margin:0 0 16px;color:#16262b">${escapeHtml(subject)}</h1>`,
    ...paragraphs.map((text) => paragraph(text, '#16262b')),
    button &&
      `<p style="margin:24px 0"><a href="${escapeHtml(button.href)}" style="${BUTTON}">${escapeHtml(button.label)}</a></p>`,
    button && paragraph(`Or open this address: ${button.href}`, '#42555c'),
    paragraph(closing, '#42555c'),
  ];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#ecf1f1">
<div style="max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border-radius:12px">
${body.filter((part) => part !== undefined).join('\n')}
</div>
<p style="${FONT};max-width:520px;margin:16px auto;font-size:12px;color:#566a71;text-align:center">${escapeHtml(footer)}</p>
</body>
</html>
`;
}

function paragraph(text: string, color: string): string {
  return `<p style="${FONT};font-size:15px;line-height:1.5;margin:0 0 12px;color:${color};overflow-wrap:anywhere">${escapeHtml(text)}</p>`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
