import { Badge, Button } from '@mantine/core';
import type { SecondFactors } from '@stowage/contracts';
import { IconDeviceMobile, IconFingerprint, IconLifebuoy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../../components/ui/error-state';
import { ListSkeleton } from '../../../components/ui/list-skeleton';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { hasPasskeys } from '../../../lib/passkeys';
import { secondFactorsQuery } from '../api/second-factors';
import { Factor } from './factor';
import { FactorDialog } from './factor-dialog';
import type { FactorStep } from './factor-modal';
import { PasskeyList } from './passkey-list';
import classes from './second-factors.module.css';

/** Fewer are worth a warning: the last one may be used by mistake. */
const FEW_CODES = 3;

/** What a sign-in asks for besides the password. */
export function SecondFactorPanel() {
  const query = useQuery(secondFactorsQuery);
  const [step, setStep] = useState<FactorStep>();
  return (
    <Panel flush title="Second factors">
      {query.isPending ? (
        <ListSkeleton rows={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Factors factors={query.data} onStep={setStep} />
      )}
      <FactorDialog opened={step !== undefined} step={step} onClose={() => setStep(undefined)} />
    </Panel>
  );
}

function Factors({
  factors,
  onStep,
}: {
  readonly factors: SecondFactors;
  readonly onStep: (step: FactorStep) => void;
}) {
  const { totp, passkeys, recoveryCodesLeft } = factors;
  const button = (step: FactorStep, label: string) => (
    <Button variant="default" size="xs" onClick={() => onStep(step)}>
      {label}
    </Button>
  );
  return (
    <>
      <ul className={classes.factors}>
        <Factor
          icon={<IconDeviceMobile size={20} />}
          title="Authenticator app"
          isOn={totp !== null}
          state={totp ? <Badge color="petrol">On</Badge> : null}
          about={
            totp ? (
              <>
                Asked for since <RelativeTime value={totp.since} />.
              </>
            ) : (
              'Six digits that change every half minute, asked for after your password.'
            )
          }
          actions={totp ? button('disable totp', 'Switch off') : button('set up totp', 'Set up')}
        />
        {totp || passkeys.length > 0 ? (
          <Factor
            icon={<IconLifebuoy size={20} />}
            title="Recovery codes"
            isOn
            state={
              <Badge color={recoveryCodesLeft <= FEW_CODES ? 'yellow' : 'gray'}>{recoveryCodesLeft} of 10 left</Badge>
            }
            about="Each signs you in once when your app or your passkey is out of reach."
            actions={button('replace codes', 'Make new ones')}
          />
        ) : null}
        <Factor
          icon={<IconFingerprint size={20} />}
          title="Passkeys"
          isOn={passkeys.length > 0}
          state={passkeys.length > 0 ? <Badge color="petrol">On</Badge> : null}
          about={
            hasPasskeys()
              ? 'A fingerprint, a face, a PIN or a security key: instead of your password, or after it.'
              : 'This browser has none here. They need https, and the name that this registry is known by.'
          }
          actions={hasPasskeys() ? button('add passkey', 'Add a passkey') : null}
        />
      </ul>
      {passkeys.length > 0 ? <PasskeyList passkeys={passkeys} /> : null}
    </>
  );
}
