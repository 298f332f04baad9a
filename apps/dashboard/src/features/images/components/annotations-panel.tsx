import { Anchor } from '@mantine/core';
import { DetailList } from '../../../components/ui/detail-list';
import { Panel } from '../../../components/ui/panel';

/** Whoever pushes writes the annotations, so only plain web addresses become links. */
function valueOf(text: string) {
  return /^https?:\/\/\S+$/.test(text) ? (
    <Anchor href={text} rel="noopener noreferrer nofollow" target="_blank" fz="inherit">
      {text}
    </Anchor>
  ) : (
    text
  );
}

export function AnnotationsPanel({ annotations }: { readonly annotations: Readonly<Record<string, string>> }) {
  const entries = Object.entries(annotations).sort(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0) return null;
  return (
    <Panel title="Annotations">
      <DetailList wideTerms details={entries.map(([name, value]) => [name, valueOf(value)])} />
    </Panel>
  );
}
