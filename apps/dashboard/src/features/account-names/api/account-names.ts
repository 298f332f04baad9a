import { accountNameRoutes, type RequestParts, type Session } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

/** What is asked for; nothing of it has been checked. */
export type Conversion = RequestParts<typeof accountNameRoutes.convertAccount>['body'];

/** Everything that names the person is called differently afterwards, so everything is asked for again. */
function useNewName<Input>(run: (input: Input) => Promise<Session>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => queryClient.invalidateQueries() });
}

export const useRenameAccount = () =>
  useNewName((username: string) => request(accountNameRoutes.renameAccount, { body: { username } }));

export const useConvertAccount = () =>
  useNewName((body: Conversion) => request(accountNameRoutes.convertAccount, { body }));
