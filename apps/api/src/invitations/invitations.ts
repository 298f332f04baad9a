import { randomUUID } from 'node:crypto';
import { generateSecretToken, hashSecretToken } from '@stowage/auth';
import type { CreatedInvitation, CreateInvitation } from '@stowage/contracts';
import type { Mailroom } from '@stowage/mail';
import type {
  InvitationLink,
  InvitationRecord,
  InvitationStore,
  NamespaceRecord,
  NewInvitation,
} from '@stowage/metadata';
import { MAX_INVITATIONS } from '@stowage/metadata';
import { notFound, ProblemError } from '@stowage/nest-kit';
import type { ApiCaller } from '../access/caller.js';
import { toInvitation } from './invitation-view.js';

const DAY_SECONDS = 24 * 60 * 60;
const DEFAULT_DAYS = 7;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes links: the code is in the link and in the letter, and nowhere else. */
export class Invitations {
  constructor(private readonly deps: { readonly store: InvitationStore; readonly mailroom: Mailroom }) {}

  /** Throws 409 when the namespace waits for too many people already. */
  async create(namespace: NamespaceRecord, input: CreateInvitation, caller: ApiCaller): Promise<CreatedInvitation> {
    const { email = null, role, expiresInDays = DEFAULT_DAYS } = input;
    const invitation: NewInvitation = { id: randomUUID(), email, role };
    const { url, link } = this.#link(namespace, invitation, { days: expiresInDays, caller });
    if (!(await this.deps.store.create(invitation, { namespace, link, actor: caller.actor }))) {
      throw new ProblemError(
        409,
        `${MAX_INVITATIONS} people are invited already. Take back invitations that nobody needs.`,
      );
    }
    return { ...toInvitation(await this.#get(namespace.id, invitation.id)), link: url.href };
  }

  /** Throws 404. */
  async renew(namespace: NamespaceRecord, id: string, caller: ApiCaller): Promise<CreatedInvitation> {
    const invitation = await this.#get(namespace.id, id);
    const { url, link } = this.#link(namespace, invitation, { days: DEFAULT_DAYS, caller });
    if (!(await this.deps.store.renew(id, { namespace, link, actor: caller.actor }))) throw unknownInvitation();
    return { ...toInvitation(await this.#get(namespace.id, id)), link: url.href };
  }

  /** Throws 404. */
  async revoke(namespace: NamespaceRecord, id: string, caller: ApiCaller): Promise<void> {
    const isGone = UUID.test(id) && (await this.deps.store.revoke(namespace, id, caller.actor));
    if (!isGone) throw unknownInvitation();
  }

  async #get(namespaceId: string, id: string): Promise<InvitationRecord> {
    const found = UUID.test(id) ? await this.deps.store.find(namespaceId, id) : undefined;
    if (!found) throw unknownInvitation();
    return found;
  }

  #link(
    namespace: NamespaceRecord,
    { id, email, role }: NewInvitation,
    { days, caller }: { readonly days: number; readonly caller: ApiCaller },
  ): { url: URL; link: InvitationLink } {
    const { text: secret } = generateSecretToken('code');
    const lifetimeSeconds = days * DAY_SECONDS;
    const invitedBy = caller.user?.username ?? '';
    const url = this.deps.mailroom.link('namespace-invitation', secret);
    if (!url) throw new Error('the letter of an invitation has no link');
    const letter =
      email === null
        ? undefined
        : this.deps.mailroom.prepare({
            template: 'namespace-invitation',
            recipient: email,
            facts: { inviter: invitedBy, namespace: namespace.name, role },
            link: { secret, reference: id, lifetimeSeconds },
          });
    return { url, link: { hash: hashSecretToken(secret), lifetimeSeconds, invitedBy, letter } };
  }
}

function unknownInvitation(): ProblemError {
  return notFound('The invitation');
}
