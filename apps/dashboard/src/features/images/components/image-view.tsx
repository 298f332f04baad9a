import type { ManifestView } from '@stowage/contracts';
import type { RepositoryId } from '../api/tags';
import { contentKind } from './content-kind';
import { ImageFacts, type Pushed } from './image-facts';
import classes from './images.module.css';
import { ManifestBody, PlatformBody } from './manifest-body';
import { PlatformSwitcher } from './platform-switcher';
import { AnnotationsPanel } from './annotations-panel';
import { chooseEntry, platformEntries } from './platforms';
import { PullPanel } from './pull-panel';

interface ImageViewProps {
  readonly repository: RepositoryId;
  readonly manifest: ManifestView;
  readonly tag?: string;
  readonly pushed: Pushed;
  /** From the address: which platform of an index to show. */
  readonly platform: string | undefined;
}

/** Everything about what a tag or a digest points to. */
export function ImageView({ repository, manifest, tag, pushed, platform }: ImageViewProps) {
  const entries = platformEntries(manifest);
  const entry = chooseEntry(entries, platform);
  const asked = platform !== undefined && entry !== undefined;
  return (
    <div className={classes.stack}>
      <ImageFacts manifest={manifest} pushed={pushed} />
      <PullPanel
        repository={repository}
        kind={contentKind(manifest)}
        tag={tag}
        digest={asked ? entry.child.digest : manifest.digest}
        platform={asked && entry.child.platform ? entry.label : undefined}
      />
      {manifest.kind === 'index' ? (
        <>
          <PlatformSwitcher entries={entries} current={entry?.key} />
          {entry ? <PlatformBody repository={repository} entry={entry} /> : null}
          <AnnotationsPanel annotations={manifest.annotations} />
        </>
      ) : (
        <ManifestBody manifest={manifest} />
      )}
    </div>
  );
}
