import { useNavigate } from '@tanstack/react-router';
import { PageHeader } from '../../components/layout/page-header';
import { NameTile } from '../../components/ui/name-tile';
import { Panel } from '../../components/ui/panel';
import { RefreshTokenPanel } from '../../features/account/components/refresh-token-panel';
import { PasswordForm } from '../../features/account/components/password-form';
import { SessionPanel } from '../../features/account/components/session-panel';
import { AccountNamesPanel } from '../../features/account-names/components/account-names-panel';
import { AccountEndPanel } from '../../features/account-end/components/account-end-panel';
import { AddressPanel } from '../../features/recovery/components/address-panel';
import { SecondFactorPanel } from '../../features/second-factors/components/second-factor-panel';
import { LinkedAccountsPanel } from '../../features/sign-in-providers/components/linked-accounts-panel';
import { useUser } from '../../features/session/api/get-session';
import { usePageTitle } from '../../lib/page-title';
import classes from './pages.module.css';

export function AccountPage() {
  usePageTitle('Account');
  const user = useUser();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        icon={user ? <NameTile name={user.username} size={48} round /> : null}
        title={user?.username ?? 'Account'}
        lead={user?.email}
      />
      <div className={classes.stack}>
        <SessionPanel />
        <RefreshTokenPanel />
        <AddressPanel />
        <SecondFactorPanel />
        <LinkedAccountsPanel />
        <Panel title="Password">
          <PasswordForm />
        </Panel>
        {user ? <AccountNamesPanel username={user.username} /> : null}
        {user ? <AccountEndPanel username={user.username} onDeleted={() => void navigate({ to: '/sign-in' })} /> : null}
      </div>
    </>
  );
}
