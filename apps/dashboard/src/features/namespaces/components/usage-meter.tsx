import { useQuery } from '@tanstack/react-query';
import { ByteSize } from '../../../components/ui/byte-size';
import { AnchorLink } from '../../../components/ui/link';
import { usageQuery } from '../api/get-namespace';
import classes from './usage-meter.module.css';

/** From here on those who push are warned. */
const NEARLY_FULL = 0.8;

export function UsageMeter({ namespace }: { readonly namespace: string }) {
  const { data: usage } = useQuery(usageQuery(namespace));
  if (!usage) return <div className={classes.meter} aria-hidden="true" />;
  const { usedBytes, limitBytes } = usage;
  if (limitBytes === null) return <Unlimited usedBytes={usedBytes} />;
  const share = limitBytes > 0 ? usedBytes / limitBytes : 1;
  const reserved = limitBytes > 0 ? usage.reservedBytes / limitBytes : 0;
  const state = share >= 1 ? 'full' : share >= NEARLY_FULL ? 'nearly' : 'fine';
  return (
    <div className={classes.meter} data-state={state}>
      <div className={classes.words}>
        <span>Storage</span>
        <span>
          <b>
            <ByteSize bytes={usedBytes} />
          </b>{' '}
          of <ByteSize bytes={limitBytes} />
        </span>
      </div>
      <div
        className={classes.track}
        role="meter"
        aria-label="Storage used"
        aria-valuemin={0}
        aria-valuemax={limitBytes}
        aria-valuenow={Math.min(usedBytes, limitBytes)}
      >
        <span className={classes.used} style={{ width: `${Math.min(share, 1) * 100}%` }} />
        <span className={classes.reserved} style={{ width: `${Math.min(reserved, 1 - Math.min(share, 1)) * 100}%` }} />
      </div>
      {state === 'fine' ? null : (
        <div className={classes.note}>
          {
            <AnchorLink to="/n/$namespace/usage" params={{ namespace }} inherit>
              {state === 'full' ? 'Full: pushes are refused, pulls go on.' : `${Math.floor(share * 100)} % used`}
            </AnchorLink>
          }
        </div>
      )}
    </div>
  );
}

function Unlimited({ usedBytes }: { readonly usedBytes: number }) {
  return (
    <div className={classes.meter}>
      <div className={classes.words}>
        <span>Storage</span>
        <b>
          <ByteSize bytes={usedBytes} />
        </b>
      </div>
    </div>
  );
}
