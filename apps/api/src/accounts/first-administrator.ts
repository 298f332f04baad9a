import { generateSecretToken, PasswordHasher } from '@stowage/auth';
import { type SignUp, signUpSchema } from '@stowage/contracts';
import { AdministratorSetup, type Database, NameTakenError, UserStore } from '@stowage/metadata';
import { StartError } from '@stowage/service';
import { hashSetupCode } from './setup-code.js';

/** As it stands in the environment: not checked yet. */
interface AdministratorAccount {
  readonly username: string;
  readonly email: string;
  readonly password: { reveal(): string };
}

/**
 * Makes sure that an administrator exists or can be made: from the environment, or by a link that works once. Returns the
 * link, or undefined when none is needed. There is no default password. Of several processes that start, any may make the
 * account, and the last one's link is the one that works.
 */
export async function prepareAdministrator(
  database: Database,
  options: {
    readonly account: AdministratorAccount | undefined;
    readonly limitBytes: number;
    readonly publicUrl: URL;
  },
): Promise<URL | undefined> {
  const users = new UserStore(database);
  if (await users.hasAdministrator()) return undefined;
  if (options.account) {
    await createFromEnvironment(users, options.account, options.limitBytes);
    return undefined;
  }
  const { text } = generateSecretToken('code');
  await new AdministratorSetup(database).replaceCode(hashSetupCode(text));
  const link = new URL('/setup', options.publicUrl);
  link.searchParams.set('code', text);
  return link;
}

async function createFromEnvironment(
  users: UserStore,
  account: AdministratorAccount,
  limitBytes: number,
): Promise<void> {
  const { username, email, password } = parseAccount(account);
  const passwordHash = await new PasswordHasher().hash(password);
  try {
    await users.create({ username, email, passwordHash, isAdmin: true, limitBytes, address: null });
  } catch (error) {
    if (!(error instanceof NameTakenError)) throw error;
    // Another process may have come first, with the same variables.
    if (await users.hasAdministrator()) return;
    throw new StartError('STOWAGE_ADMIN_USERNAME: somebody who is no administrator has this name already', {
      cause: error,
    });
  }
}

/** The same rules as for everybody who signs up. The value is not repeated: it may be a password. */
function parseAccount(account: AdministratorAccount): SignUp {
  const result = signUpSchema.safeParse({ ...account, password: account.password.reveal() });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new StartError(`STOWAGE_ADMIN_${String(issue?.path[0]).toUpperCase()}: ${issue?.message}`);
}
