import { addedPasskeySchema, type Passkey, passkeyOptionsSchema, paths, type RenamePasskey } from '@stowage/contracts';
import { request, requestNothing } from '../../../lib/api/client';
import { createPasskey } from '../../../lib/passkeys';
import { useFactorChange } from './second-factors';

export const useAddPasskey = () =>
  useFactorChange(async ({ name }: RenamePasskey) => {
    const { options } = await request(passkeyOptionsSchema, paths.passkeyOptions, { method: 'POST' });
    const response = await createPasskey(options);
    return request(addedPasskeySchema, paths.passkeys, { method: 'POST', body: { name, response } });
  });

export const useRenamePasskey = () =>
  useFactorChange(({ id, name }: Pick<Passkey, 'id' | 'name'>) =>
    requestNothing(paths.passkey(id), { method: 'PATCH', body: { name } }),
  );

export const useRemovePasskey = () =>
  useFactorChange((id: string) => requestNothing(paths.passkey(id), { method: 'DELETE' }));
