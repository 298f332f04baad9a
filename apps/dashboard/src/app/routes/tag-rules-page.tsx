import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { namespaceQuery } from '../../features/namespaces/api/get-namespace';
import { usePageTitle } from '../../lib/page-title';
import { NotFoundPage } from './not-found-page';
import { mayChangeTagRules } from './permissions';
import { TagRules } from './tag-rules';

/** For members: the rules of a namespace about its tags. */
export function TagRulesPage() {
  const { namespace: name } = useParams({ from: '/shell/n/$namespace' });
  usePageTitle('Tag rules', name);
  const { data: namespace } = useQuery(namespaceQuery(name));
  if (!namespace?.role) return <NotFoundPage />;
  return (
    <TagRules
      key={name}
      owner={{ namespace: name, repository: null }}
      mayChange={mayChangeTagRules(namespace.role)}
      showsResults
    />
  );
}
