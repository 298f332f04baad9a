import { beforeAll } from 'vitest';
import { createOrganization, type Person, signUp } from './management-api.js';
import { randomName } from './random.js';
import { RegistryClient } from './registry-client.js';
import type { Shared } from './use-shared-stowage.js';

export interface Owner {
  readonly person: Person;
  readonly namespace: string;
  readonly client: RegistryClient;
  /** The name of a repository that nobody has pushed to. */
  newRepository(): string;
}

/** Somebody with an organisation namespace, made once for the suite file. */
export function useOwner(running: Shared): Owner {
  let made: { person: Person; namespace: string; client: RegistryClient } | undefined;
  beforeAll(async () => {
    const person = await signUp(running.url, 'owner');
    made = { person, namespace: await createOrganization(person), client: clientOf(running.url, person) };
  });
  const owner = (): NonNullable<typeof made> => {
    if (!made) throw new Error('the owner is made by beforeAll');
    return made;
  };
  return {
    get person() {
      return owner().person;
    },
    get namespace() {
      return owner().namespace;
    },
    get client() {
      return owner().client;
    },
    newRepository: () => `${owner().namespace}/${randomName('app')}`,
  };
}

export function clientOf(url: string, person: Person): RegistryClient {
  return new RegistryClient(url, { username: person.username, secret: person.token });
}
