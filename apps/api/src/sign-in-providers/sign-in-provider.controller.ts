import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  type CompleteProviderSignIn,
  completeProviderSignInSchema,
  type CreateProviderAccount,
  createProviderAccountSchema,
  type ProviderPage,
  type ProviderSignIn,
  type SignInProviderList,
  type StartProviderSignIn,
  startProviderSignInSchema,
} from '@stowage/contracts';
import { notFound, ProblemError, Public } from '@stowage/nest-kit';
import type { NamespaceName } from '@stowage/oci';
import { newAttempt, SignInProviders } from '@stowage/oidc';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/caller.js';
import { RequestLimits } from '../access/request-limits.js';
import { signIn } from '../access/sessions.js';
import { toUser } from '../accounts/user-view.js';
import { SecondFactors } from '../second-factors/second-factors.js';
import { hashOfInvitation } from '../sign-up/sign-up-rules.js';
import { forgetPending, keepPending, type PendingSignIn, pendingOf } from './pending-sign-in.js';
import { ProviderAccounts, suggestUsername } from './provider-accounts.js';
import { ProviderAnswers } from './provider-answers.js';

/** Sign-in by services where people have an account already. */
@Public()
@Controller('api/v1')
export class SignInProviderController {
  constructor(
    @Inject(SignInProviders) private readonly providers: SignInProviders,
    @Inject(ProviderAnswers) private readonly answers: ProviderAnswers,
    @Inject(ProviderAccounts) private readonly accounts: ProviderAccounts,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(RequestLimits) private readonly limits: RequestLimits,
  ) {}

  @Get('sign-in-providers')
  list(): SignInProviderList {
    return { items: this.providers.list.map(({ id, name }) => ({ id, name })) };
  }

  @Post('sign-in-providers/:provider/attempts')
  async start(
    @Param('provider') id: string,
    @Body({ schema: startProviderSignInSchema }) { next, invitation: code, again }: StartProviderSignIn,
    @Req() request: FastifyRequest,
  ): Promise<ProviderPage> {
    const provider = this.providers.find(id);
    if (!provider) throw notFound('The provider');
    const invitation = code === undefined ? {} : { invitation: Buffer.from(hashOfInvitation(code)).toString('hex') };
    const attempt = newAttempt({ again: again ?? false });
    const page = await this.answers.page(provider, attempt);
    await keepPending(request, { provider: provider.id, attempt, next: next ?? null, linkTo: null, ...invitation });
    return page;
  }

  @Post('sign-in-attempts/completion')
  @HttpCode(200)
  async complete(
    @Body({ schema: completeProviderSignInSchema }) body: CompleteProviderSignIn,
    @Req() request: FastifyRequest,
  ): Promise<ProviderSignIn> {
    const pending = await this.#proved(pendingOf(request), body, request);
    if (pending.linkTo !== null) return this.#link(pending, request);
    const { identity, provider, next } = pending;
    const user = await this.accounts.find(identity);
    if (user) {
      await this.factors.verify(user, body, request.ip);
      await signIn(request, user.id);
      return { outcome: 'signed-in', user: toUser(user), next };
    }
    const email = await this.accounts.mayJoin(identity, this.#providerOf(pending), pending.invitation);
    return { outcome: 'new', provider, email, username: suggestUsername(identity) };
  }

  @Post('sign-in-attempts/account')
  async create(
    @Body({ schema: createProviderAccountSchema }) body: CreateProviderAccount,
    @Req() request: FastifyRequest,
  ): Promise<ProviderSignIn> {
    const pending = pendingOf(request);
    if (!pending.identity || pending.linkTo !== null) throw new ProblemError(400, 'Sign in with the provider first.');
    await this.limits.countSignUp(request);
    const user = await this.accounts.create(pending.identity, this.#providerOf(pending), {
      username: body.username as NamespaceName,
      address: request.ip,
      acceptedTerms: body.acceptedTerms,
      invitation: pending.invitation,
    });
    await signIn(request, user.id);
    return { outcome: 'signed-in', user: toUser(user), next: pending.next };
  }

  /** Asks the provider once who it is; a second factor is asked for after that. */
  async #proved(
    pending: PendingSignIn,
    body: CompleteProviderSignIn,
    request: FastifyRequest,
  ): Promise<PendingSignIn & Required<Pick<PendingSignIn, 'identity'>>> {
    if (body.state !== pending.attempt.state) throw new ProblemError(400, 'This is the answer to another sign-in.');
    if (pending.identity) return { ...pending, identity: pending.identity };
    await forgetPending(request);
    const identity = await this.answers.identity(this.#providerOf(pending), pending.attempt, body);
    await keepPending(request, { ...pending, identity });
    return { ...pending, identity };
  }

  async #link(
    { identity, provider, linkTo }: PendingSignIn & Required<Pick<PendingSignIn, 'identity'>>,
    request: FastifyRequest,
  ): Promise<ProviderSignIn> {
    const { user, actor } = callerOf(request);
    await forgetPending(request);
    if (user?.id !== linkTo) throw new ProblemError(403, 'Somebody else has signed in meanwhile. Begin again.');
    await this.accounts.link(linkTo, { provider, identity }, actor);
    return { outcome: 'linked', provider };
  }

  #providerOf({ provider: id }: PendingSignIn) {
    const provider = this.providers.find(id);
    if (!provider) throw notFound('The provider');
    return provider;
  }
}
