import { domainToASCII } from 'node:url';
import type { SignUpDomainStore } from '@stowage/metadata';
import { fieldProblem } from '@stowage/nest-kit';

/** Which addresses accounts may have. */
export class AddressRules {
  constructor(private readonly domains: Pick<SignUpDomainStore, 'takes'>) {}

  /** Throws 400 for an address at a domain that is blocked, or that is not among those that are allowed. */
  async check(email: string): Promise<void> {
    // As DNS has it; a dot at the end names the same domain.
    const domain = domainToASCII(email.slice(email.lastIndexOf('@') + 1)).replace(/\.$/, '');
    if (await this.domains.takes(domain)) return;
    throw fieldProblem(400, {
      field: 'email',
      message: `this registry takes no addresses at ${domain.slice(0, 100)}; use another one, or ask an administrator`,
    });
  }
}
