import { PasswordHasher } from '@stowage/auth';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database } from '@stowage/metadata';
import { createUser, migratedTemplate } from '@stowage/metadata/testing';
import { afterAll, beforeAll } from 'vitest';
import { createPasswordCheck, type PasswordCheck } from '../src/index.js';

export const PASSWORD = 'correct horse battery staple';
const passwordHash = await new PasswordHasher().hash(PASSWORD);

export interface OpenCheck {
  readonly database: Database;
  readonly check: PasswordCheck;
  /** A check of another replica: the same database, nothing else in common. */
  another(): PasswordCheck;
  addUser(): Promise<string>;
  /** The name of the error that a sign-in ends with; `ok` without one. */
  outcome(login: string, password: string, address: string): Promise<string>;
}

export function openCheck(): OpenCheck {
  const opened = {} as { -readonly [Name in keyof OpenCheck]: OpenCheck[Name] };
  let dispose = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const created = await createTestDatabase({ template: migratedTemplate });
    const database = new Database({ connectionString: created.connectionString });
    const another = () => createPasswordCheck(database, new PasswordHasher());
    const check = another();
    Object.assign(opened, {
      database,
      check,
      another,
      addUser: async () => (await createUser(database, { passwordHash })).username,
      outcome: (login: string, password: string, address: string) => outcomeOf(check, login, password, address),
    });
    dispose = async () => {
      await database.close();
      await created.dispose();
    };
  });
  afterAll(() => dispose());
  return opened;
}

export async function outcomeOf(
  check: PasswordCheck,
  login: string,
  password: string,
  address: string,
): Promise<string> {
  return check.signIn({ login, password, address, door: 'dashboard' }).then(
    () => 'ok',
    (error: Error) => error.name,
  );
}

/** An address in a network of its own, new with each call. */
let networks = 0;
export function aNetwork(): string {
  networks += 1;
  return `10.${networks >> 8}.${networks & 255}.7`;
}
