import { Button, Group, Skeleton } from '@mantine/core';
import type { Repository } from '@stowage/contracts';
import { IconHistory, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '../../components/layout/page-header';
import { manifestQuery } from '../../features/images/api/get-manifest';
import { tagQuery } from '../../features/images/api/tags';
import { DeleteTagDialog } from '../../features/images/components/delete-tag-dialog';
import { ImageView } from '../../features/images/components/image-view';
import { VisibilityBadge } from '../../features/repositories/components/visibility-badge';
import { usePageTitle } from '../../lib/page-title';
import { repositorySplat } from '../../lib/repository-path';
import { QueryFailure } from './query-failure';
import { RepositoryCrumbs } from './repository-crumbs';

interface TagPageProps {
  readonly repository: Repository;
  readonly tag: string;
  readonly platform: string | undefined;
}

export function TagPage({ repository, tag: name, platform }: TagPageProps) {
  usePageTitle(`${repository.name}:${name}`, repository.namespace);
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const tag = useQuery(tagQuery(repository, name));
  const manifest = useQuery({ ...manifestQuery(repository, tag.data?.digest ?? ''), enabled: tag.data !== undefined });
  const failed = [tag, manifest].find((query) => query.isError);
  if (failed) return <QueryFailure error={failed.error} onRetry={() => void failed.refetch()} />;
  const leave = () =>
    void navigate({ to: '/n/$namespace/r/$', params: { namespace: repository.namespace, _splat: repository.name } });
  const openHistory = () =>
    void navigate({
      to: '/n/$namespace/r/$',
      params: {
        namespace: repository.namespace,
        _splat: repositorySplat(repository.name, { kind: 'history', tag: name }),
      },
    });
  return (
    <>
      <PageHeader
        crumbs={<RepositoryCrumbs namespace={repository.namespace} name={repository.name} />}
        title={
          <>
            {name} <VisibilityBadge visibility={repository.visibility} />
          </>
        }
        actions={
          <Group gap="xs">
            <Button variant="default" leftSection={<IconHistory size={16} />} onClick={openHistory}>
              History
            </Button>
            {repository.permissions.delete && tag.data ? (
              <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
                Delete tag
              </Button>
            ) : null}
          </Group>
        }
      />
      {tag.data && manifest.data ? (
        <ImageView repository={repository} manifest={manifest.data} tag={name} pushed={tag.data} platform={platform} />
      ) : (
        <Skeleton height={320} radius="lg" aria-label="Loading" />
      )}
      <DeleteTagDialog
        repository={repository}
        tag={deleting ? tag.data : undefined}
        onClose={() => setDeleting(false)}
        onDeleted={leave}
      />
    </>
  );
}
