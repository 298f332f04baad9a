import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { serverInfoQuery } from '../../lib/api/server-info';
import classes from './legal-footer.module.css';

/** What the operator of the registry tells everybody, at the foot of each page; nothing while there is nothing to tell. */
export function LegalFooter({ className = '' }: { readonly className?: string | undefined }) {
  const legal = useQuery(serverInfoQuery).data?.legal;
  const links = [
    { label: 'Terms of service', href: legal?.terms?.href },
    { label: 'Privacy', href: legal?.privacy },
    { label: 'Report abuse', href: legal?.abuse },
    { label: 'Status', href: legal?.status },
  ].filter((link): link is { label: string; href: string } => typeof link.href === 'string');
  if (links.length === 0) return null;
  return (
    <footer className={`${classes.footer} ${className}`}>
      <ul className={classes.links} aria-label="About this registry">
        {links.map(({ label, href }) => (
          <li key={label}>
            <Anchor href={href} className={classes.link ?? ''}>
              {label}
            </Anchor>
          </li>
        ))}
      </ul>
    </footer>
  );
}
