import { useLocation } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/link';
import { safeNextPath } from '../../lib/next-path';

/** Back to the page that made somebody want an account. */
export function SignedOutLinks() {
  const next = safeNextPath(useLocation().href);
  const search = next ? { next } : {};
  return (
    <>
      <ButtonLink to="/sign-in" search={search} variant="default">
        Sign in
      </ButtonLink>
      <ButtonLink to="/sign-up" search={search}>
        Sign up
      </ButtonLink>
    </>
  );
}
