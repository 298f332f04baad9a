import { type ConfirmSession, paths } from '@stowage/contracts';
import { useMutation } from '@tanstack/react-query';
import { requestNothing } from '../../../lib/api/client';

export function useConfirmSession() {
  return useMutation({
    mutationFn: (body: ConfirmSession) => requestNothing(paths.sessionConfirmation, { method: 'POST', body }),
  });
}
