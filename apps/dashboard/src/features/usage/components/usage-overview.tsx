import type { Usage } from '@stowage/contracts';
import { Panel } from '../../../components/ui/panel';
import { FreeingList } from './freeing-list';
import { GrowthPanel } from './growth-panel';
import { LimitList } from './limit-list';
import classes from './usage.module.css';
import { UsageFigures } from './usage-figures';
import { UsageNotice } from './usage-notice';

/** All that is known of the usage but the list of repositories, which has its own pages. */
export function UsageOverview({ namespace, usage }: { readonly namespace: string; readonly usage: Usage }) {
  return (
    <>
      <UsageNotice usage={usage} />
      <div className={classes.halves}>
        <Panel title="Storage">
          <UsageFigures usage={usage} />
        </Panel>
        <Panel title="Limits">
          <LimitList usage={usage} />
        </Panel>
      </div>
      <GrowthPanel usage={usage} />
      {usage.largest.length > 0 ? (
        <Panel flush title="What would free most">
          <FreeingList namespace={namespace} manifests={usage.largest} />
        </Panel>
      ) : null}
    </>
  );
}
