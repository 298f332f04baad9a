import type { Usage } from '@stowage/contracts';
import type { ReactNode } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { RelativeTime } from '../../../components/ui/relative-time';
import { formatBytes } from '../../../lib/format-bytes';
import classes from './usage.module.css';
import { type UsagePart, usageParts } from './usage-parts';

/** How much is used of how much, what it is made of, and what follows from it. */
export function UsageFigures({ usage }: { readonly usage: Usage }) {
  const { usedBytes, reservedBytes, limitBytes, separateBytes, growthBytesPerDay, fullOn } = usage;
  const parts = usageParts(usage);
  const whole = Math.max(limitBytes ?? 0, usedBytes + reservedBytes, 1);
  return (
    <div className={classes.figures}>
      <div className={classes.headline}>
        <span className={classes.used}>
          <ByteSize bytes={usedBytes} />
        </span>{' '}
        <span className={classes.of}>{limitBytes === null ? 'without a limit' : `of ${formatBytes(limitBytes)}`}</span>
      </div>
      <div className={classes.bar} aria-hidden="true">
        {parts.map(({ name, bytes }) => (
          <span key={name} data-part={name} style={{ width: `${(bytes / whole) * 100}%` }} />
        ))}
      </div>
      <ul className={classes.legend} aria-label="What is stored">
        {parts.map((part) => (
          <LegendItem key={part.name} part={part} trashUntil={usage.trashUntil} />
        ))}
      </ul>
      <dl className={classes.facts}>
        <Fact term="Saved by sharing">
          <ByteSize bytes={Math.max(0, separateBytes - usedBytes)} />
        </Fact>
        <Fact term="Growth">{growthText(growthBytesPerDay)}</Fact>
        <Fact term="Full">{fullText(usage, fullOn)}</Fact>
      </dl>
    </div>
  );
}

function LegendItem({ part: { name, label, bytes }, trashUntil }: { part: UsagePart; trashUntil: string | null }) {
  return (
    <li>
      <span className={classes.swatch} data-part={name} aria-hidden="true" />
      {label} <ByteSize bytes={bytes} />
      {name === 'trash' && trashUntil ? (
        <span className={classes.note}>
          {' '}
          counts until it is purged, the first of it <RelativeTime value={trashUntil} />
        </span>
      ) : null}
    </li>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function growthText(bytes: number | null): string {
  if (bytes === null) return 'Known after three days';
  if (bytes === 0) return 'None';
  return `${bytes > 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))} a day`;
}

function fullText({ limitBytes, usedBytes }: Usage, fullOn: string | null): string {
  if (limitBytes === null) return 'Never: no limit';
  if (usedBytes >= limitBytes) return 'Now';
  if (fullOn === null) return 'Not in sight';
  return `About ${new Date(fullOn).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' })}`;
}
