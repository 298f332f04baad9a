import { paths } from '@stowage/contracts';
import { useMutation } from '@tanstack/react-query';
import { requestNothing } from '../../../lib/api/client';

/** Everything was loaded as somebody else: load the page anew after it. */
export const useStopActing = () =>
  useMutation({ mutationFn: () => requestNothing(paths.sessionActing, { method: 'DELETE' }) });
