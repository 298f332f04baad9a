import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AuthLayout } from '../../components/layout/auth-layout';
import { AnchorLink } from '../../components/ui/link';
import { ForgotForm } from '../../features/recovery/components/forgot-form';
import { serverInfoQuery } from '../../lib/api/server-info';
import { usePageTitle } from '../../lib/page-title';

const footer = <AnchorLink to="/sign-in">Back to sign-in</AnchorLink>;

export function ForgotPasswordPage() {
  usePageTitle('Forgotten password');
  const sendsMail = useQuery(serverInfoQuery).data?.sendsMail ?? true;
  const [isAsked, setAsked] = useState(false);
  if (isAsked) {
    return (
      <AuthLayout title={sendsMail ? 'Look into your mail' : 'Ask an administrator'} footer={footer}>
        <Text role="status">
          {sendsMail
            ? 'If there is such an account, a link is on its way to its address. It works once and for 30 minutes. Look among unwanted mail as well.'
            : 'If there is such an account, a link waits for an administrator of this registry, who can hand it to you. It works once and for 30 minutes.'}
        </Text>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title="Forgotten password"
      lead={
        sendsMail
          ? 'You get a link to choose a new one.'
          : 'This registry sends no mail: an administrator gets a link for you.'
      }
      footer={footer}
    >
      <ForgotForm onDone={() => setAsked(true)} />
    </AuthLayout>
  );
}
