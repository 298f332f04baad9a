import type { Problem, SignIn } from '@stowage/contracts';
import { useState } from 'react';
import { isApiError } from '../../../lib/api/api-error';
import { useSignIn } from '../api/start-session';
import { PasswordStep } from './password-step';
import { SecondFactorStep } from './second-factor-step';

type SecondFactor = NonNullable<Problem['secondFactor']>;

/** Name and password, or a passkey; then whatever else the account asks for. */
export function SignInForm({ onDone }: { readonly onDone: () => void }) {
  const signIn = useSignIn();
  const [password, setPassword] = useState<SignIn>();
  const [needed, setNeeded] = useState<SecondFactor>();
  const start = async (proof: SignIn): Promise<void> => {
    try {
      await signIn.mutateAsync(proof);
    } catch (error) {
      const secondFactor = isApiError(error, 401) ? error.problem?.secondFactor : undefined;
      if (!secondFactor) throw error;
      setPassword({ login: proof.login, password: proof.password });
      setNeeded(secondFactor);
      return;
    }
    onDone();
  };
  if (!password || !needed) return <PasswordStep onStart={start} />;
  return <SecondFactorStep password={password} needed={needed} onStart={start} onBack={() => setPassword(undefined)} />;
}
