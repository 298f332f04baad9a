import type { ManifestView } from '@stowage/contracts';
import type { ReactNode } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { DigestText } from '../../../components/ui/digest-text';
import { RelativeTime } from '../../../components/ui/relative-time';
import { type ContentKind, contentKind } from './content-kind';
import classes from './image-facts.module.css';
import { platformEntries } from './platforms';

const KINDS: Record<ContentKind, string> = {
  image: 'Image',
  index: 'Multi-platform image',
  chart: 'Helm chart',
  artifact: 'Artifact',
};

/** The facts of what a reference points to, in one band at the top of its page. */
export function ImageFacts({ manifest, pushed }: { readonly manifest: ManifestView; readonly pushed: Pushed }) {
  const facts: [string, ReactNode][] = [
    ['Kind', KINDS[contentKind(manifest)]],
    ['Size', <ByteSize key="size" bytes={manifest.sizeBytes} />],
    [
      'Pushed',
      <span key="pushed">
        <RelativeTime value={pushed.pushedAt} />
        {pushed.pushedBy ? ` by ${pushed.pushedBy}` : ''}
      </span>,
    ],
  ];
  if (manifest.kind === 'index') facts.splice(1, 0, ['Platforms', platformEntries(manifest).length]);
  return (
    <dl className={classes.facts}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div className={classes.wide}>
        <dt>Digest</dt>
        <dd>
          <DigestText digest={manifest.digest} full />
        </dd>
      </div>
      <div className={classes.wide}>
        <dt>Media type</dt>
        <dd className={classes.type}>
          {manifest.artifactType && manifest.kind === 'artifact'
            ? `${manifest.artifactType} in ${manifest.mediaType}`
            : manifest.mediaType}
        </dd>
      </div>
    </dl>
  );
}

export interface Pushed {
  readonly pushedAt: string;
  readonly pushedBy: string | null;
}
