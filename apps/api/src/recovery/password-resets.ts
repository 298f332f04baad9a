import type { PasswordHasher } from '@stowage/auth';
import type { CreatedPasswordReset, CreatePasswordReset } from '@stowage/contracts';
import type { Mailroom } from '@stowage/mail';
import {
  type Actor,
  anonymousActor,
  type PasswordReset,
  type UserAdministration,
  type UserStore,
} from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import { type AccountLinks, hashLinkCode, linkOver, tooManyLinks } from './account-links.js';
import { atSteadyPace } from './steady-pace.js';

interface Dependencies {
  readonly users: UserStore;
  readonly managed: UserAdministration;
  readonly resets: PasswordReset;
  readonly links: AccountLinks;
  readonly hasher: PasswordHasher;
  readonly mailroom: Mailroom;
}

/** New passwords for people who have lost theirs. */
export class PasswordResets {
  constructor(private readonly deps: Dependencies) {}

  /** Sends a link to the account's address. Ends alike for an account, for none, and for one that is disabled. */
  async request(login: string, address: string): Promise<void> {
    await atSteadyPace(() => this.#send(login, address));
  }

  async #send(login: string, address: string): Promise<void> {
    const user = await this.deps.users.findByLogin(login);
    if (!user || user.isDisabled) return;
    const { link, letter } = this.deps.links.create('reset-password', user, user.email);
    await this.deps.resets.request({ link, letter, username: user.username, actor: anonymousActor(address) });
  }

  /** Throws 404 for a link that was used or is over. */
  async complete({ code, newPassword }: { code: string; newPassword: string }, address: string): Promise<void> {
    const { resets, hasher, mailroom } = this.deps;
    const hash = hashLinkCode(code);
    if (!(await resets.isUsable(hash))) throw linkOver();
    const isDone = await resets.complete({
      hash,
      passwordHash: await hasher.hash(newPassword),
      address,
      notice: ({ username, email }) =>
        mailroom.prepare({ template: 'password-changed', recipient: email, facts: { username } }),
    });
    if (!isDone) throw linkOver();
  }

  /** By an administrator. Throws 404, 409 for a disabled user, and 429. */
  async create(username: string, { delivery }: CreatePasswordReset, actor: Actor): Promise<CreatedPasswordReset> {
    const user = await this.deps.managed.find(username);
    if (!user) throw notFound(`The user ${username.slice(0, 100)}`);
    if (user.disabledAt) throw new ProblemError(409, `${user.username} is disabled. Enable the user first.`);
    const { link, letter, url, expiresAt } = this.deps.links.create('reset-password', user, user.email);
    const isShown = delivery === 'show';
    const request = { link, letter: isShown ? null : letter, username: user.username, actor };
    if (!(await this.deps.resets.request(request))) throw tooManyLinks();
    return { link: isShown ? url.href : null, expiresAt: expiresAt.toISOString() };
  }
}
