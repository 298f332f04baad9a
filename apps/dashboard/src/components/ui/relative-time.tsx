import { absoluteTime, relativeTime } from '../../lib/relative-time';
import classes from './text.module.css';

/** How long ago, with the exact time in the title. */
export function RelativeTime({ value }: { readonly value: string }) {
  return (
    <time className={classes.nowrap} dateTime={value} title={absoluteTime(value)}>
      {relativeTime(value)}
    </time>
  );
}
