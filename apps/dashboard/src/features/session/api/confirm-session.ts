import { type ConfirmSession, sessionRoutes } from '@stowage/contracts';
import { useMutation } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

export function useConfirmSession() {
  return useMutation({
    mutationFn: (body: ConfirmSession) => request(sessionRoutes.confirmSession, { body }),
  });
}
