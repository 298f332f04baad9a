import { Skeleton } from '@mantine/core';
import type { Usage } from '@stowage/contracts';
import { lazy, Suspense } from 'react';
import { Panel } from '../../../components/ui/panel';
import { formatBytes } from '../../../lib/format-bytes';
import classes from './usage.module.css';

const GrowthChart = lazy(async () => ({ default: (await import('./growth-chart')).GrowthChart }));

export function GrowthPanel({ usage: { samples, limitBytes } }: { readonly usage: Usage }) {
  const [first] = samples;
  const last = samples.at(-1);
  return (
    <Panel title="Growth">
      {first === undefined || last === undefined || samples.length < 2 ? (
        <p className={classes.nothing}>
          What is used is noted once a day. From tomorrow on you see here how it grows, and when the storage is full if
          that goes on.
        </p>
      ) : (
        <div
          role="img"
          aria-label={`Storage by day: ${formatBytes(first.usedBytes)} on ${first.day}, ${formatBytes(last.usedBytes)} on ${last.day}`}
        >
          <Suspense fallback={<Skeleton height={220} radius="md" />}>
            <GrowthChart samples={samples} limitBytes={limitBytes} />
          </Suspense>
        </div>
      )}
    </Panel>
  );
}
