import { createHash } from 'node:crypto';
import { generateSecretToken, hashSecretToken, type Principal, parseSecretToken } from '@stowage/auth';
import type { JobSessionStore, TrustedRule, TrustRuleCandidates } from '@stowage/metadata';
import { ProblemError, type RequestLogger } from '@stowage/nest-kit';
import {
  audiencesOf,
  type IdTokenClaims,
  type IdTokenVerifier,
  InvalidIdTokenError,
  InvalidIssuerError,
  type IssuerPolicy,
  IssuerUnavailableError,
  mismatchesOf,
  readClaims,
  textOf,
} from '@stowage/oidc';
import type { Job, SignedIn } from './signed-in.js';
import { WrongCredentialsError } from './wrong-credentials.js';

/** A job that builds for a while before it pushes outlives its ID token, which some systems give minutes only. */
const SESSION_SECONDS = 60 * 60;

export interface JobsDependencies {
  readonly rules: TrustRuleCandidates;
  readonly sessions: JobSessionStore;
  readonly policy: IssuerPolicy;
  readonly verifier: IdTokenVerifier;
  readonly logger: RequestLogger;
  readonly service: string;
}

/** CI jobs, which sign in with the ID token of their CI system and act by the trust rules that let them in. */
export class Jobs {
  constructor(private readonly deps: JobsDependencies) {}

  /** Throws WrongCredentialsError when the token proves nothing or no rule takes it; 503 when its issuer is away. */
  async withIdToken(token: string): Promise<SignedIn> {
    try {
      const claims = readClaims(token);
      // Nobody's issuer is asked for keys unless a rule could take its token.
      if ((await this.#candidates(claims)).length === 0) throw this.#noRule(claims);
      const proved = await this.deps.verifier.verify(token, this.deps.policy.parse(claims.iss));
      const rules = (await this.#candidates(proved)).filter((rule) => mismatchesOf(rule, proved).length === 0);
      if (rules.length === 0) throw this.#noRule(proved);
      await this.#noteShown(proved);
      return signedIn({ subject: printable(proved.sub), rules }, new Date(Date.now() + SESSION_SECONDS * 1000));
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** What `begin` has given. Throws WrongCredentialsError when it has ended or none of its rules is left. */
  async withSession(text: string): Promise<SignedIn> {
    const { sessions, rules, service } = this.deps;
    const secret = parseSecretToken(text);
    const session = secret?.kind === 'job' ? await sessions.find(hashSecretToken(secret.text), service) : undefined;
    const left = session ? await rules.findAll(session.ruleIds) : [];
    if (!session || left.length === 0) {
      throw this.#refused('the session of this job has ended; run "docker login" with a new ID token');
    }
    return signedIn({ subject: session.subject, rules: left }, session.expiresAt);
  }

  /** A secret with which the job goes on for an hour, as long as the rules are there. */
  async begin({ subject, rules }: Job): Promise<string> {
    const { text } = generateSecretToken('job');
    await this.deps.sessions.create({
      hash: hashSecretToken(text),
      subject,
      ruleIds: rules.map(({ id }) => id),
      service: this.deps.service,
      lifetimeSeconds: SESSION_SECONDS,
    });
    return text;
  }

  /** A statistic: when it can't be written, the job goes on all the same. */
  async note(ruleId: string, subject: string): Promise<void> {
    try {
      await this.deps.rules.touch(ruleId, subject);
    } catch (err) {
      this.deps.logger.warn({ err, ruleId }, 'could not record the use of a trust rule');
    }
  }

  async #candidates(claims: IdTokenClaims): Promise<TrustedRule[]> {
    const comparable = Object.entries(claims).flatMap(([name, value]) => {
      const text = textOf(value);
      return text !== null && isStorable(name) && isStorable(text) ? [[name, text] as const] : [];
    });
    return this.deps.rules.list(claims.iss, audiencesOf(claims), Object.fromEntries(comparable));
  }

  /** Clients show the same token again for each of their requests, so a repetition is written down and not refused. */
  async #noteShown({ iss, sub, jti, exp }: IdTokenClaims): Promise<void> {
    if (jti === undefined) return;
    const digest = createHash('sha256').update(`${iss}\0${jti}`).digest();
    const uses = await this.deps.sessions.countUse(digest, new Date(exp * 1000));
    if (uses > 1) this.deps.logger.info({ issuer: iss, subject: printable(sub), uses }, 'an ID token was shown again');
  }

  #noRule({ iss, sub }: IdTokenClaims): WrongCredentialsError {
    this.deps.logger.info(
      { issuer: printable(iss), subject: printable(sub) },
      'no trust rule takes the token of a job',
    );
    return this.#refused(
      `no trust rule takes this ID token (${printable(sub)} of ${printable(iss)}); ` +
        'a maintainer can paste it into "Trust rules" of the namespace, which shows what does not fit',
    );
  }

  #explain(error: unknown): unknown {
    if (error instanceof InvalidIdTokenError) return this.#refused(`the ID token is refused: ${error.message}`);
    if (error instanceof InvalidIssuerError) return this.#refused(`the issuer of the ID token ${error.message}`);
    if (error instanceof IssuerUnavailableError) {
      const message = `the issuer of the ID token ${error.fault}; try again in a few seconds`;
      return new ProblemError(503, message, { headers: { 'Retry-After': '15' }, cause: error });
    }
    return error;
  }

  #refused(message: string): WrongCredentialsError {
    return new WrongCredentialsError(message, this.deps.service);
  }
}

export function jobPrincipal(subject: string, rule: TrustedRule): Principal {
  return { kind: 'rule', id: rule.id, name: `job ${subject} by ${rule.namespace}/${rule.name}` };
}

function signedIn(job: Job, expiresAt: Date): SignedIn {
  const [rule] = job.rules;
  if (!rule) throw new Error('a job without a rule has not signed in');
  const principal = jobPrincipal(job.subject, rule);
  return { principal, credentialId: null, credentialExpiresAt: expiresAt, grants: null, job };
}

/** Postgres has no such texts, so no rule has one either. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Somebody else's words, for logs, audit rows and terminals. */
function printable(text: string): string {
  return text.slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
}
