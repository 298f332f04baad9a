import type { ManifestChild, ManifestView, PlatformView } from '@stowage/contracts';

export function platformName({ os, architecture, variant }: PlatformView): string {
  // Every arm64 there is is a v8: clients take both for the same and write the short one.
  const told = architecture === 'arm64' && variant === 'v8' ? undefined : variant;
  return [os, architecture, told].filter(Boolean).join('/');
}

/** An index as people see it: what can be pulled, with what was attested about it. */
export interface PlatformEntry {
  /** What the address calls it: the platform, or the digest where a platform is missing or named twice. */
  readonly key: string;
  readonly label: string;
  readonly child: ManifestChild;
  readonly attestations: readonly ManifestChild[];
}

export function platformEntries({ children }: Pick<ManifestView, 'children'>): readonly PlatformEntry[] {
  const runnable = children.filter((child) => child.attestationFor === null);
  const labels = runnable.map(labelOf);
  return runnable.map((child, index) => {
    const label = labels[index] ?? child.digest;
    const unique = labels.indexOf(label) === labels.lastIndexOf(label);
    return {
      key: unique ? label : child.digest,
      label,
      child,
      attestations: children.filter(({ attestationFor }) => attestationFor === child.digest),
    };
  });
}

function labelOf({ platform, digest }: ManifestChild): string {
  // BuildKit says "unknown/unknown" of what is not meant to run; no person should read that.
  if (!platform || platform.os === 'unknown') return digest.slice(0, digest.indexOf(':') + 13);
  return platformName(platform);
}

/** The entry that the address asks for, else the one that most people run. */
export function chooseEntry(entries: readonly PlatformEntry[], wanted: string | undefined): PlatformEntry | undefined {
  return (
    entries.find(({ key, child }) => key === wanted || child.digest === wanted) ??
    entries.find(({ label }) => label === 'linux/amd64') ??
    entries[0]
  );
}
