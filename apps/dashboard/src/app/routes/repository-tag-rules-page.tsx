import type { Repository } from '@stowage/contracts';
import { useQuery } from '@tanstack/react-query';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { TagRules } from './tag-rules';

/** For those who may push to the repository; who may change it changes its rules. */
export function RepositoryTagRulesPage({ repository }: { readonly repository: Repository }) {
  const { namespace, name, permissions } = repository;
  const { data: home } = useQuery(namespaceQuery(namespace));
  return (
    <TagRules
      key={`${namespace}/${name}`}
      owner={{ namespace, repository: name }}
      mayChange={permissions.settings}
      showsResults={Boolean(home?.role)}
    />
  );
}
