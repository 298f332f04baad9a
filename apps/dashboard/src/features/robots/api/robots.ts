import {
  type CreateRobot,
  createdRobotSchema,
  createdRobotSecretSchema,
  paths,
  robotSchema,
  type UpdateRobot,
} from '@stowage/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '../../../lib/api/client';
import { keysetQuery } from '../../../lib/api/keyset-query';

export const robotsQuery = (namespace: string) =>
  keysetQuery(['namespaces', namespace, 'robots'], paths.robots(namespace), robotSchema);

function useRobotMutation<Input, Output>(namespace: string, run: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: robotsQuery(namespace).queryKey }),
    // Some answers hold a secret: it must not outlive the component that shows it.
    gcTime: 0,
  });
}

export const useCreateRobot = (namespace: string) =>
  useRobotMutation(namespace, (body: CreateRobot) =>
    request(createdRobotSchema, paths.robots(namespace), { method: 'POST', body }),
  );

export const useUpdateRobot = (namespace: string) =>
  useRobotMutation(namespace, ({ name, ...body }: UpdateRobot & { readonly name: string }) =>
    request(robotSchema, paths.robot(namespace, name), { method: 'PATCH', body }),
  );

export const useDeleteRobot = (namespace: string) =>
  useRobotMutation(namespace, (name: string) => requestNothing(paths.robot(namespace, name), { method: 'DELETE' }));

export const useCreateRobotSecret = (namespace: string) =>
  useRobotMutation(namespace, (name: string) =>
    request(createdRobotSecretSchema, paths.robotSecrets(namespace, name), { method: 'POST' }),
  );

export const useDeleteRobotSecret = (namespace: string) =>
  useRobotMutation(namespace, ({ name, id }: { readonly name: string; readonly id: string }) =>
    requestNothing(paths.robotSecret(namespace, name, id), { method: 'DELETE' }),
  );
