import { IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ByteSize } from '../../../components/ui/byte-size';
import { Panel } from '../../../components/ui/panel';
import classes from './platform-switcher.module.css';
import type { PlatformEntry } from './platforms';

interface PlatformSwitcherProps {
  readonly entries: readonly PlatformEntry[];
  readonly current: string | undefined;
}

/** One index, its platforms: each is an address. What was attested about one stands under it. */
export function PlatformSwitcher({ entries, current }: PlatformSwitcherProps) {
  return (
    <Panel title="Platforms">
      <nav className={classes.grid} aria-label="Platforms">
        {entries.map(({ key, label, child, attestations }) => (
          <Link
            key={key}
            to="."
            search={{ platform: key }}
            replace
            resetScroll={false}
            className={classes.item}
            aria-current={key === current ? 'true' : undefined}
          >
            <span className={classes.label}>{label}</span>
            <span className={classes.size}>
              <ByteSize bytes={child.sizeBytes} />
            </span>
            {attestations.length > 0 ? (
              <span className={classes.attested}>
                <IconShieldCheck size={14} aria-hidden />{' '}
                {attestations.length === 1 ? 'Attestation' : `${attestations.length} attestations`}
              </span>
            ) : null}
          </Link>
        ))}
      </nav>
    </Panel>
  );
}
