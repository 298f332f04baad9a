import { Badge } from '@mantine/core';
import type { Visibility } from '@stowage/contracts';
import { VISIBILITY_VIEWS } from '../../../components/ui/visibilities';

export function VisibilityBadge({ visibility }: { readonly visibility: Visibility }) {
  const { label, description, icon: Icon } = VISIBILITY_VIEWS[visibility];
  return (
    <Badge
      color={visibility === 'public' ? 'petrol' : 'gray'}
      leftSection={<Icon size={12} aria-hidden />}
      title={description}
      style={{ flex: 'none' }}
    >
      {label}
    </Badge>
  );
}
