import { sessionRoutes } from '@stowage/contracts';
import { useMutation } from '@tanstack/react-query';
import { request } from '../../../lib/api/client';

/** Everything was loaded as somebody else: load the page anew after it. */
export const useStopActing = () => useMutation({ mutationFn: () => request(sessionRoutes.stopActing) });
