import type { Repository } from '@stowage/contracts';
import { IconSettings, IconTags, IconTagStarred } from '@tabler/icons-react';
import { TabLink, TabLinks } from '../../components/ui/tab-links';
import { repositorySplat } from '../../lib/repository-path';

/** The pages of a repository that the caller has a use for. */
export function RepositoryTabs({ repository }: { readonly repository: Repository }) {
  const { namespace, name, permissions, tagCount } = repository;
  return (
    <TabLinks label="Repository">
      <TabLink
        to="/n/$namespace/r/$"
        params={{ namespace, _splat: name }}
        activeOptions={{ exact: true }}
        icon={<IconTags size={16} />}
        count={tagCount}
      >
        Tags
      </TabLink>
      {permissions.push ? (
        <TabLink
          to="/n/$namespace/r/$"
          params={{ namespace, _splat: repositorySplat(name, { kind: 'tag-rules' }) }}
          activeOptions={{ exact: true }}
          icon={<IconTagStarred size={16} />}
        >
          Tag rules
        </TabLink>
      ) : null}
      {permissions.settings ? (
        <TabLink
          to="/n/$namespace/r/$"
          params={{ namespace, _splat: repositorySplat(name, { kind: 'settings' }) }}
          activeOptions={{ exact: true }}
          icon={<IconSettings size={16} />}
        >
          Settings
        </TabLink>
      ) : null}
    </TabLinks>
  );
}
