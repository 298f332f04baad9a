import classes from './legal.module.css';

/** A text of plain paragraphs: an empty line ends one. */
export function NoticeText({ text }: { readonly text: string }) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return (
    <div className={classes.text}>
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its order
        <p key={index}>{paragraph}</p>
      ))}
    </div>
  );
}
