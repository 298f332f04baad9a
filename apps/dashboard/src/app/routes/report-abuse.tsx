import { useQuery } from '@tanstack/react-query';
import { TextLink } from '../../components/ui/text-link';
import { serverInfoQuery } from '../../lib/api/server-info';
import classes from './pages.module.css';

/** For whoever finds something in a public repository that should not be there; nothing where nobody is named. */
export function ReportAbuse({ name }: { readonly name: string }) {
  const contact = useQuery(serverInfoQuery).data?.legal.abuse ?? null;
  if (contact === null) return null;
  const subject = encodeURIComponent(`Abuse in the public repository ${name}`);
  const href = contact.startsWith('mailto:') ? `${contact}?subject=${subject}` : contact;
  return (
    <p className={classes.report}>
      Everybody may see this repository. <TextLink href={href}>Report abuse</TextLink>
    </p>
  );
}
