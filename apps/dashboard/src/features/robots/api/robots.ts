import { type CreateRobot, type RobotQuery, robotRoutes, type UpdateRobot } from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keyOfFilter, type ListFilter } from '../../../components/ui/use-list-filter';
import { request } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

const keyOf = (namespace: string) => ['namespaces', namespace, 'robots'];

export const robotsQuery = (namespace: string, filter: ListFilter<RobotQuery['sort']> = {}) =>
  keysetQuery([...keyOf(namespace), ...keyOfFilter(filter)], robotRoutes.listRobots, { params: { namespace }, filter });

function useRobotMutation<Input, Output>(namespace: string, run: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(namespace) }),
    // Some answers hold a secret: it must not outlive the component that shows it.
    gcTime: 0,
  });
}

export const useCreateRobot = (namespace: string) =>
  useRobotMutation(namespace, (body: CreateRobot) => request(robotRoutes.createRobot, { params: { namespace }, body }));

export const useUpdateRobot = (namespace: string) =>
  useRobotMutation(namespace, ({ name, ...body }: UpdateRobot & { readonly name: string }) =>
    request(robotRoutes.updateRobot, { params: { namespace, name }, body }),
  );

export const useDeleteRobot = (namespace: string) =>
  useRobotMutation(namespace, (name: string) => request(robotRoutes.deleteRobot, { params: { namespace, name } }));

export const useCreateRobotSecret = (namespace: string) =>
  useRobotMutation(namespace, (name: string) =>
    request(robotRoutes.createRobotSecret, { params: { namespace, name } }),
  );

export const useDeleteRobotSecret = (namespace: string) =>
  useRobotMutation(namespace, ({ name, id }: { readonly name: string; readonly id: string }) =>
    request(robotRoutes.deleteRobotSecret, { params: { namespace, name, id } }),
  );
