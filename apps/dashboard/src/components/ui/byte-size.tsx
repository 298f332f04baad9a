import { formatBytes } from '../../lib/format-bytes';
import classes from './text.module.css';

/** A size in binary units; the exact number of bytes is in the title. */
export function ByteSize({ bytes }: { readonly bytes: number }) {
  return (
    <span className={classes.number} title={`${bytes.toLocaleString('en')} bytes`}>
      {formatBytes(bytes)}
    </span>
  );
}
