import { Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthLayout } from '../../components/layout/auth-layout';
import { AnchorLink, ButtonLink } from '../../components/ui/link';
import { NewPasswordForm } from '../../features/recovery/components/new-password-form';
import { usePageTitle } from '../../lib/page-title';

/** What the link in the letter opens. The code is behind the `#`. */
export function ResetPasswordPage() {
  usePageTitle('New password');
  const code = useLocation().hash;
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <AuthLayout title="Your password is changed">
        <Text mb="lg" role="status">
          All sessions and access tokens have ended. Sign in with the new password.
        </Text>
        <ButtonLink to="/sign-in" size="md" fullWidth>
          Sign in
        </ButtonLink>
      </AuthLayout>
    );
  }
  const footer = <AnchorLink to="/forgot-password">Get a new link</AnchorLink>;
  if (code === '') {
    return (
      <AuthLayout title="No link" footer={footer}>
        <Text>This address has no code in it. Open the whole link that you were given.</Text>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title="Choose a new password"
      lead="You are signed out everywhere, and all your access tokens end."
      footer={footer}
    >
      <NewPasswordForm code={code} onDone={() => setDone(true)} />
    </AuthLayout>
  );
}
