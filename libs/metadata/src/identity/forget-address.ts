import type { Db } from '../database.js';

/**
 * Deletes what waits for a person under the address of the account: letters, and invitations, which are for nobody then. An
 * address that the account has never proven may be somebody else's: of that one only its own letters go. In the
 * transaction in which the account goes, before it does. Returns how many invitations there were.
 */
export async function forgetAddress(tx: Db, userId: string): Promise<number> {
  const user = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { username: true, email: true, emailVerifiedAt: true },
  });
  const { username, email } = user;
  const isProven = user.emailVerifiedAt !== null;
  // Those of links go with their links.
  await tx.$executeRaw`
    DELETE FROM mail WHERE lower(recipient) = lower(${email}) AND (${isProven} OR facts ->> 'username' = ${username})`;
  if (!isProven) return 0;
  const joined = await tx.$executeRaw`DELETE FROM invitation WHERE lower(email) = lower(${email})`;
  const signUps = await tx.$executeRaw`DELETE FROM sign_up_invitation WHERE lower(email) = lower(${email})`;
  return joined + signUps;
}
