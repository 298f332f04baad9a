import type { LimitName, Usage } from '@stowage/contracts';
import { DetailList } from '../../../components/ui/detail-list';
import { formatBytes } from '../../../lib/format-bytes';

/** What the namespace may have, and what it has of it. */
export function LimitList({ usage: { plan, limits, counts } }: { readonly usage: Usage }) {
  const ofCount = (name: Exclude<LimitName, 'storageBytes' | 'layerBytes'>) => {
    const limit = limits[name];
    const used = counts[name].toLocaleString();
    return limit === null ? used : `${used} of ${limit.toLocaleString()}`;
  };
  return (
    <DetailList
      details={[
        ['Plan', plan],
        ['Private repositories', ofCount('privateRepositories')],
        ['Members', ofCount('members')],
        ['Robots', ofCount('robots')],
        ['Size of a layer', limits.layerBytes === null ? 'Unlimited' : `${formatBytes(limits.layerBytes)} at most`],
      ]}
    />
  );
}
