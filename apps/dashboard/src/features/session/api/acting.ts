import { paths } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestNothing } from '../../../lib/api/client';

/** Everything that was loaded was loaded as somebody else. */
export function useStopActing() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => requestNothing(paths.sessionActing, { method: 'DELETE' }),
    onSuccess: () => queryClient.resetQueries(),
  });
}
