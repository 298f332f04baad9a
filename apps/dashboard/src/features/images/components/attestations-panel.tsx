import { IconShieldCheck } from '@tabler/icons-react';
import { ByteSize } from '../../../components/ui/byte-size';
import { DigestText } from '../../../components/ui/digest-text';
import { AnchorLink } from '../../../components/ui/link';
import { Panel } from '../../../components/ui/panel';
import { repositorySplat } from '../../../lib/repository-path';
import type { RepositoryId } from '../api/tags';
import classes from './attestations.module.css';
import type { PlatformEntry } from './platforms';

interface AttestationsPanelProps {
  readonly repository: RepositoryId;
  readonly entry: PlatformEntry;
}

export function AttestationsPanel({ repository, entry }: AttestationsPanelProps) {
  if (entry.attestations.length === 0) return null;
  return (
    <Panel title={`Attestations of ${entry.label}`}>
      <ul className={classes.list}>
        {entry.attestations.map(({ digest, sizeBytes }) => (
          <li key={digest} className={classes.item}>
            <IconShieldCheck size={18} className={classes.icon} aria-hidden />
            <AnchorLink
              to="/n/$namespace/r/$"
              params={{
                namespace: repository.namespace,
                _splat: repositorySplat(repository.name, { kind: 'manifest', digest }),
              }}
            >
              In-toto attestation
            </AnchorLink>
            <DigestText digest={digest} />
            <span className={classes.size}>
              <ByteSize bytes={sizeBytes} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
