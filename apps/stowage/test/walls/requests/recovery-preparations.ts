import { hashSecretToken, generateSecretToken } from '@stowage/auth';
import { Mailroom } from '@stowage/mail';
import {
  AccountAddresses,
  anonymousActor,
  SignUpInvitationStore,
  newLinkId,
  type NewAccountLink,
  PasswordReset,
  type UserRecord,
} from '@stowage/metadata';
import { actorOf, aName, createUser } from '@stowage/metadata/testing';
import type { World } from '../world.js';
import type { Preparations } from './prepared-request.js';

export const recoveryPreparations: Preparations = {
  changeAccountEmail: () => ({ body: { email: `${aName()}@example.org` } }),
  cancelAccountEmail: async (world, caller) => {
    const user = await world.person(caller);
    await new AccountAddresses(world.site.database).requestChange(
      await aLink(world, user, 'change-address'),
      actorOf(user),
    );
    return {};
  },
  confirmEmail: async (world) => {
    const user = await createUser(world.site.database);
    const made = await aLink(world, user, 'verify-address');
    await new AccountAddresses(world.site.database).requestProof(made, actorOf(user));
    return { body: { code: made.code } };
  },
  completePasswordReset: async (world) => {
    const { code } = await aReset(world);
    return { body: { code, newPassword: 'another horse battery' } };
  },
  createPasswordReset: async ({ site }) => ({ params: { username: (await createUser(site.database)).username } }),
  renewSignUpInvitation: async (world) => ({ params: { id: await aSignUpInvitation(world) } }),
  deleteSignUpInvitation: async (world) => ({ params: { id: await aSignUpInvitation(world) } }),
  revealPendingLink: async (world) => ({ params: { id: (await aReset(world)).letter.id } }),
};

async function aSignUpInvitation({ site }: World): Promise<string> {
  const { text } = generateSecretToken('code');
  const [id, hash] = [newLinkId(), new Uint8Array(hashSecretToken(text))];
  const invitation = { id, hash, email: null, invitedBy: 'captain', lifetimeSeconds: 600, letter: null };
  await new SignUpInvitationStore(site.database).create(invitation, anonymousActor(null));
  return id;
}

async function aReset(world: World) {
  const user = await createUser(world.site.database);
  const made = await aLink(world, user, 'reset-password');
  await new PasswordReset(world.site.database).request({ ...made, username: user.username, actor: actorOf(user) });
  return made;
}

async function aLink({ site }: World, { id: userId, username, email }: UserRecord, purpose: NewAccountLink['purpose']) {
  const { text: code } = generateSecretToken('code');
  const hash = new Uint8Array(hashSecretToken(code));
  const link = { id: newLinkId(), userId, purpose, hash, address: email, lifetimeSeconds: 600 };
  const mailroom = await Mailroom.open(site.database, new URL('http://stowage.example'));
  const letter = mailroom.prepare({
    template: purpose,
    recipient: email,
    facts: { username },
    link: { secret: code, reference: link.id, lifetimeSeconds: 600 },
  });
  return { code, link, letter };
}
