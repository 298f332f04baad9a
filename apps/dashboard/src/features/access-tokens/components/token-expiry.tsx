import { RelativeTime } from '../../../components/ui/relative-time';
import classes from './tokens.module.css';

const SOON = 7 * 86_400_000;

export function TokenExpiry({ expiresAt }: { readonly expiresAt: string | null }) {
  if (!expiresAt) return <span className={classes.soon}>Never</span>;
  const left = Date.parse(expiresAt) - Date.now();
  if (left <= 0) {
    return (
      <span className={classes.expired}>
        Expired <RelativeTime value={expiresAt} />
      </span>
    );
  }
  return (
    <span className={left < SOON ? classes.soon : undefined}>
      <RelativeTime value={expiresAt} />
    </span>
  );
}
