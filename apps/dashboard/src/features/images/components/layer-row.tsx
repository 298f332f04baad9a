import type { LayerView } from '@stowage/contracts';
import { IconChevronRight } from '@tabler/icons-react';
import { ByteSize } from '../../../components/ui/byte-size';
import { DigestText } from '../../../components/ui/digest-text';
import { breakStep, dockerfileStep, splitStep } from './dockerfile-step';
import classes from './layers.module.css';

interface LayerRowProps {
  readonly layer: LayerView;
  readonly number: number;
  /** Of the largest layer, 0 to 1. */
  readonly share: number;
}

export function LayerRow({ layer, number, share }: LayerRowProps) {
  const step = layer.createdBy ? dockerfileStep(layer.createdBy) : '';
  const { instruction, rest } = splitStep(step);
  return (
    <li className={classes.row} data-empty={layer.digest === null ? '' : undefined}>
      <details className={classes.details}>
        <summary className={classes.summaryRow}>
          <span className={classes.number}>{number}</span>
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          <code className={classes.step}>
            {instruction ? <b>{instruction} </b> : null}
            {rest || (instruction ? '' : (layer.mediaType ?? 'No step recorded'))}
          </code>
          <span className={classes.bar} aria-hidden="true">
            {layer.digest ? <span style={{ width: `${Math.max(share * 100, 1)}%` }} /> : null}
          </span>
          <span className={classes.size}>
            {layer.digest ? <ByteSize bytes={layer.sizeBytes} /> : <span title="changes only the config">–</span>}
          </span>
        </summary>
        <div className={classes.more}>
          {step ? <pre className={classes.full}>{breakStep(step)}</pre> : null}
          {layer.digest ? (
            <div className={classes.facts}>
              <DigestText digest={layer.digest} full />
              {layer.mediaType ? <span>{layer.mediaType}</span> : null}
            </div>
          ) : (
            <div className={classes.facts}>This step changed only the config: it has no layer.</div>
          )}
        </div>
      </details>
    </li>
  );
}
