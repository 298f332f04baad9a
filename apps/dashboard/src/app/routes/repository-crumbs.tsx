import { AnchorLink } from '../../components/ui/link';

interface RepositoryCrumbsProps {
  readonly namespace: string;
  /** Given on the pages inside a repository. */
  readonly name?: string;
}

export function RepositoryCrumbs({ namespace, name }: RepositoryCrumbsProps) {
  return (
    <>
      <AnchorLink to="/n/$namespace" params={{ namespace }} fz="inherit">
        {namespace}
      </AnchorLink>
      {name ? (
        <>
          <span aria-hidden="true">/</span>
          <AnchorLink to="/n/$namespace/r/$" params={{ namespace, _splat: name }} fz="inherit">
            {name}
          </AnchorLink>
        </>
      ) : null}
    </>
  );
}
