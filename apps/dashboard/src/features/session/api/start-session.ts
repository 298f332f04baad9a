import {
  type createAdministratorSchema,
  type Session,
  sessionRoutes,
  type SignIn,
  type signUpSchema,
} from '@stowage/contracts';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../../../lib/api/client';
import { sessionQuery } from './get-session';

/** As typed: the names are checked, and branded, by the schema. */
export type SignUpInput = z.input<typeof signUpSchema>;

/** What somebody else, or nobody, was allowed to see must not be shown to the person who signs in now. */
function begin(queryClient: QueryClient, session: Session): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

function useStart<Input>(start: (body: Input) => Promise<Session>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: start,
    onSuccess: (session) => begin(queryClient, session),
  });
}

/** For what ends in a session in another way. */
export function useBeginSession() {
  const queryClient = useQueryClient();
  return (session: Session) => begin(queryClient, session);
}

export const useSignIn = () => useStart((body: SignIn) => request(sessionRoutes.signIn, { body }));
export const useSignUp = () => useStart((body: SignUpInput) => request(sessionRoutes.signUp, { body }));
export const useCreateAdministrator = () =>
  useStart((body: z.input<typeof createAdministratorSchema>) => request(sessionRoutes.createAdministrator, { body }));
