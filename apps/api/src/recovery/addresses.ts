import type { AccountEmail, ConfirmedEmail } from '@stowage/contracts';
import type { Mailroom } from '@stowage/mail';
import type { AccountAddresses, Actor, UserRecord } from '@stowage/metadata';
import { ProblemError } from '@stowage/nest-kit';
import type { AddressRules } from '../sign-up/address-rules.js';
import { type AccountLinks, hashLinkCode, linkOver, tooManyLinks } from './account-links.js';
import { atSteadyPace } from './steady-pace.js';

/** The e-mail addresses of accounts. */
export class Addresses {
  constructor(
    private readonly deps: {
      readonly addresses: AccountAddresses;
      readonly links: AccountLinks;
      readonly mailroom: Mailroom;
      readonly rules: AddressRules;
    },
  ) {}

  async find({ id, email }: UserRecord): Promise<AccountEmail> {
    const found = await this.deps.addresses.find(id);
    return {
      email: found?.address ?? email,
      verifiedAt: found?.verifiedAt?.toISOString() ?? null,
      pendingEmail: found?.pending ?? null,
    };
  }

  /** Throws 409 when the address is proven, 429 after too many letters. */
  async sendProof(user: UserRecord, actor: Actor): Promise<void> {
    const { addresses, links } = this.deps;
    const { email: address, verifiedAt } = await this.find(user);
    if (verifiedAt !== null) throw new ProblemError(409, 'Your e-mail address is confirmed already.');
    const isProven = await addresses.isProven(address);
    if (!(await addresses.requestProof(links.createProof('verify-address', user, { address, isProven }), actor))) {
      throw tooManyLinks();
    }
  }

  /** The same answer and time whether the address is somebody's. Throws 400 for one that accounts may not have. */
  async requestChange(user: UserRecord, address: string, actor: Actor): Promise<void> {
    const { addresses, links, rules } = this.deps;
    await rules.check(address);
    await atSteadyPace(async () => {
      const isProven = await addresses.isProven(address);
      await addresses.requestChange(links.createProof('change-address', user, { address, isProven }), actor);
    });
  }

  async cancelChange(user: UserRecord, actor: Actor): Promise<void> {
    if (!(await this.deps.addresses.cancelChange(user.id, actor))) {
      throw new ProblemError(404, 'No change of your e-mail address is pending.');
    }
  }

  /** Throws 404 for a link that is over, 409 when another account has proven the address meanwhile. */
  async confirm(code: string, from: string): Promise<ConfirmedEmail> {
    const proof = await this.deps.addresses.prove(hashLinkCode(code), {
      address: from,
      notice: ({ username, address: newAddress, former }) =>
        this.deps.mailroom.prepare({
          template: 'address-changed',
          recipient: former,
          facts: { username, newAddress },
        }),
    });
    if (proof === 'unknown link') throw linkOver();
    if (proof === 'taken') throw new ProblemError(409, 'Another account has confirmed this address already.');
    return { username: proof.username, email: proof.address };
  }
}
