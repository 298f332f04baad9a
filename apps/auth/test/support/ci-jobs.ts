import type { AccessGrant, ClaimConditions } from '@stowage/contracts';
import { NamespaceStore, TrustRuleStore, type UserRecord } from '@stowage/metadata';
import { githubJobClaims, TestIssuer } from '@stowage/oidc/testing';
import { afterAll, beforeAll } from 'vitest';
import { actorOf, addNamespace, addRepository, addUser } from './people.js';
import { basic, publicUrl, type RunningService, startService } from './running-service.js';

export const AUDIENCE = publicUrl.origin;
export const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
};

export interface Rule {
  readonly namespace?: string;
  readonly claims?: ClaimConditions;
  readonly audience?: string;
  readonly grants?: readonly AccessGrant[];
}

/** An issuer of ID tokens and a token service with two namespaces of alice's that may trust it, for the tests of a file. */
export class CiJobs {
  issuer!: TestIssuer;
  running!: RunningService;
  alice!: UserRecord;
  #rules = 0;

  constructor() {
    beforeAll(async () => {
      this.issuer = await TestIssuer.start();
      this.running = await startService({ privateIssuers: [this.issuer.url] });
      this.alice = await addUser(this.running.database, 'alice');
      for (const name of ['acme', 'beta']) {
        await addNamespace(this.running.database, name, { owner: this.alice });
        await addRepository(this.running.database, `${name}/app`, 'private');
      }
    });
    afterAll(async () => {
      await this.running.stop();
      await this.issuer.close();
    });
  }

  get rules(): TrustRuleStore {
    return new TrustRuleStore(this.running.database);
  }

  /** Where the jobs run that the last rule takes if it says nothing else. */
  get source(): string {
    return `octo-org/app-${this.#rules}`;
  }

  async namespaceOf(name: string) {
    return (await new NamespaceStore(this.running.database).findVisible(name, this.alice.id))!;
  }

  async addRule({ namespace = 'acme', claims, audience = AUDIENCE, grants }: Rule = {}) {
    this.#rules += 1;
    const rule = {
      name: `rule-${this.#rules}`,
      issuer: this.issuer.url,
      audience,
      claims: claims ?? { repository: this.source },
      grants: grants ?? [{ repository: `${namespace}/app`, actions: ['pull', 'push'] } satisfies AccessGrant],
    };
    return this.rules.create(await this.namespaceOf(namespace), rule, actorOf(this.alice));
  }

  async deleteRule(id: string) {
    return this.rules.delete(await this.namespaceOf('acme'), id, actorOf(this.alice));
  }

  login(token: string, scope?: string, user = 'oidc') {
    return this.running.get(scope === undefined ? [] : [['scope', scope]], basic(user, token));
  }

  /** The ID token of a job of GitHub Actions. */
  tokenOf(repository: string, more = {}) {
    return this.issuer.sign(githubJobClaims(AUDIENCE, { repository, ...more }));
  }
}
