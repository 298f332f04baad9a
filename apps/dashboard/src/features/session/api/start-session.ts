import {
  type createAdministratorSchema,
  paths,
  type Session,
  type SignIn,
  type signUpSchema,
  sessionSchema,
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

function useStart<T>(path: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: T) => request(sessionSchema, path, { method: 'POST', body }),
    onSuccess: (session) => begin(queryClient, session),
  });
}

/** For what ends in a session in another way. */
export function useBeginSession() {
  const queryClient = useQueryClient();
  return (session: Session) => begin(queryClient, session);
}

export const useSignIn = () => useStart<SignIn>(paths.session);
export const useSignUp = () => useStart<SignUpInput>(paths.accounts);
export const useCreateAdministrator = () => useStart<z.input<typeof createAdministratorSchema>>(paths.setup);
