import type { Visibility } from '@stowage/contracts';
import { IconBuilding, IconLock, IconWorld } from '@tabler/icons-react';

export const VISIBILITY_VIEWS = {
  private: { label: 'Private', description: 'Members of the namespace only', icon: IconLock },
  internal: { label: 'Internal', description: 'Everybody who is signed in can pull', icon: IconBuilding },
  public: { label: 'Public', description: 'Everybody can pull, without an account too', icon: IconWorld },
} satisfies Record<Visibility, unknown>;
