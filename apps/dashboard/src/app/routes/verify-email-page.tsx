import { Button, Stack, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { AuthLayout } from '../../components/layout/auth-layout';
import { FormProblem } from '../../components/ui/form-problem';
import { AnchorLink, ButtonLink } from '../../components/ui/link';
import { useConfirmEmail } from '../../features/recovery/api/recovery';
import { messageOf } from '../../lib/api/api-error';
import { usePageTitle } from '../../lib/page-title';

const footer = <AnchorLink to="/account">To your account, for a new link</AnchorLink>;

/** What the link in the letter opens. A person presses the button: mail programs that open links by themselves do not. */
export function VerifyEmailPage() {
  usePageTitle('Confirm e-mail address');
  const code = useLocation().hash;
  const confirm = useConfirmEmail();
  if (confirm.isSuccess) {
    const { username, email } = confirm.data;
    return (
      <AuthLayout title="Confirmed">
        <Text mb="lg" role="status">
          {email} is the address of {username}.
        </Text>
        <ButtonLink to="/" size="md" fullWidth>
          Go on
        </ButtonLink>
      </AuthLayout>
    );
  }
  if (code === '') {
    return (
      <AuthLayout title="No link" footer={footer}>
        <Text>This address has no code in it. Open the whole link that you were given.</Text>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title="Confirm your e-mail address"
      lead="So that letters about your account reach you."
      footer={footer}
    >
      <Stack gap="md">
        <FormProblem text={confirm.error && messageOf(confirm.error)} />
        <Button size="md" fullWidth loading={confirm.isPending} onClick={() => confirm.mutate(code)}>
          Confirm the address
        </Button>
      </Stack>
    </AuthLayout>
  );
}
