import { type Passkey, type RenamePasskey, secondFactorRoutes } from '@stowage/contracts';
import { request } from '../../../lib/api/client';
import { createPasskey } from '../../../lib/passkeys';
import { useFactorChange } from './second-factors';

export const useAddPasskey = () =>
  useFactorChange(async ({ name }: RenamePasskey) => {
    const { options } = await request(secondFactorRoutes.createPasskeyOptions);
    const response = await createPasskey(options);
    return request(secondFactorRoutes.addPasskey, { body: { name, response } });
  });

export const useRenamePasskey = () =>
  useFactorChange(({ id, name }: Pick<Passkey, 'id' | 'name'>) =>
    request(secondFactorRoutes.renamePasskey, { params: { id }, body: { name } }),
  );

export const useRemovePasskey = () =>
  useFactorChange((id: string) => request(secondFactorRoutes.removePasskey, { params: { id } }));
