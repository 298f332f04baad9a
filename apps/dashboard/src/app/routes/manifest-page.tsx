import { Button, Group, Skeleton } from '@mantine/core';
import type { Repository } from '@stowage/contracts';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '../../components/layout/page-header';
import { AnchorLink } from '../../components/ui/link';
import { manifestQuery } from '../../features/images/api/get-manifest';
import { ImageView } from '../../features/images/components/image-view';
import { imageDeletion } from '../../features/trash/api/deletion';
import { DeleteDialog } from '../../features/trash/components/delete-dialog';
import { usePageTitle } from '../../lib/page-title';
import { repositorySplat } from '../../lib/repository-path';
import { QueryFailure } from './query-failure';
import { RepositoryCrumbs } from './repository-crumbs';

interface ManifestPageProps {
  readonly repository: Repository;
  readonly digest: string;
  readonly platform: string | undefined;
}

/** A manifest by its digest: what no tag points to any more, one platform, an attestation. */
export function ManifestPage({ repository, digest, platform }: ManifestPageProps) {
  const { namespace, name } = repository;
  const short = digest.slice(0, digest.indexOf(':') + 13);
  usePageTitle(`${name}@${short}`, namespace);
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const query = useQuery(manifestQuery(repository, digest));
  if (query.isError) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />;
  const manifest = query.data;
  return (
    <>
      <PageHeader
        crumbs={<RepositoryCrumbs namespace={namespace} name={name} />}
        title={short}
        actions={
          repository.permissions.delete && manifest ? (
            <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
              Delete image
            </Button>
          ) : null
        }
        lead={
          manifest && manifest.tags.length > 0 ? (
            <Group gap="xs">
              Tagged
              {manifest.tags.map((tag) => (
                <AnchorLink
                  key={tag}
                  to="/n/$namespace/r/$"
                  params={{ namespace, _splat: repositorySplat(name, { kind: 'tag', tag }) }}
                >
                  {tag}
                </AnchorLink>
              ))}
            </Group>
          ) : (
            'No tag points to it'
          )
        }
      />
      {manifest ? (
        <ImageView repository={repository} manifest={manifest} pushed={manifest} platform={platform} />
      ) : (
        <Skeleton height={320} radius="lg" aria-label="Loading" />
      )}
      <DeleteDialog
        opened={deleting}
        deletion={imageDeletion(repository, digest)}
        onClose={() => setDeleting(false)}
        onDeleted={() => void navigate({ to: '/n/$namespace/r/$', params: { namespace, _splat: name } })}
      />
    </>
  );
}
