import { CopyButton } from './copy-button';
import classes from './text.module.css';

const SHORT = 12;

/** The short form that people compare by eye; copying gives the whole digest. `full` is for the one place that shows it all. */
export function DigestText({ digest, full = false }: { readonly digest: string; readonly full?: boolean }) {
  const hexAt = digest.indexOf(':') + 1;
  const text = full ? digest : `${digest.slice(0, hexAt)}${digest.slice(hexAt, hexAt + SHORT)}`;
  return (
    <span className={classes.digest}>
      <code className={full ? classes.digestFull : classes.nowrap} title={digest}>
        {text}
      </code>
      <CopyButton value={digest} label="Copy digest" />
    </span>
  );
}
