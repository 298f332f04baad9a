import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { formatScopes } from '@stowage/auth';
import { Public } from '@stowage/nest-kit';
import type { FastifyRequest } from 'fastify';
import { AUTH_OPTIONS, type AuthOptions } from '../auth-options.js';
import { Authenticator } from '../credentials/authenticator.js';
import { MalformedCredentialsError, parseBasicCredentials } from '../credentials/basic-credentials.js';
import { ANONYMOUS, type SignedIn } from '../credentials/signed-in.js';
import { type TokenAnswer, toAnswer } from './token-answer.js';
import { TokenIssuer } from './token-issuer.js';
import {
  ACCESS_TOKEN_TYPE,
  parseTokenExchange,
  parseTokenForm,
  parseTokenQuery,
  requireParameter,
  TOKEN_EXCHANGE,
  unsupportedGrantType,
} from './token-request.js';

type GrantAnswer = TokenAnswer & { readonly scope: string };
/** RFC 8693, section 2.2.1. */
type ExchangeAnswer = GrantAnswer & { readonly issued_token_type: string; readonly token_type: string };

/** The Docker token service: features.md 4.3. Cookies mean nothing here. */
@Public()
@Controller('token')
export class TokenController {
  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(TokenIssuer) private readonly issuer: TokenIssuer,
  ) {}

  @Get()
  async get(@Req() request: FastifyRequest): Promise<TokenAnswer> {
    const { scopes, clientId, wantsRefreshToken } = parseTokenQuery(request.originalUrl, this.options.service);
    const caller = await this.#signedInBy(request);
    const issued = await this.issuer.issue(caller, scopes);
    return toAnswer(
      issued,
      wantsRefreshToken ? await this.issuer.issueRefreshToken(caller, { clientId, address: request.ip }) : undefined,
    );
  }

  /** OAuth2: RFC 6749, sections 4.3 and 6, and RFC 8693. */
  @Post()
  @HttpCode(200)
  async post(@Req() request: FastifyRequest): Promise<GrantAnswer> {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const grantType = form.get('grant_type');
    if (grantType === TOKEN_EXCHANGE) return this.#exchange(form, request.ip);
    if (grantType !== 'password' && grantType !== 'refresh_token') throw unsupportedGrantType();
    const { scopes, clientId, wantsRefreshToken } = parseTokenForm(form, this.options.service);
    if (grantType === 'refresh_token') {
      const refreshToken = requireParameter(form, 'refresh_token');
      const issued = await this.issuer.issue(
        await this.authenticator.withRefreshToken(refreshToken, request.ip),
        scopes,
      );
      // Docker keeps using the token it has, so it is never replaced by a new one.
      return { ...toAnswer(issued, refreshToken), scope: formatScopes(issued.access) };
    }
    const credentials = { login: requireParameter(form, 'username'), password: requireParameter(form, 'password') };
    const caller = await this.authenticator.signIn(credentials, request.ip);
    const issued = await this.issuer.issue(caller, scopes);
    const refreshToken = wantsRefreshToken
      ? await this.issuer.issueRefreshToken(caller, { clientId, address: request.ip })
      : undefined;
    return { ...toAnswer(issued, refreshToken), scope: formatScopes(issued.access) };
  }

  async #exchange(form: URLSearchParams, address: string): Promise<ExchangeAnswer> {
    const { scopes, clientId, wantsRefreshToken, subjectToken } = parseTokenExchange(form, this.options.service);
    const caller = await this.authenticator.withIdToken(subjectToken, address);
    const issued = await this.issuer.issue(caller, scopes);
    const refreshToken = wantsRefreshToken
      ? await this.issuer.issueRefreshToken(caller, { clientId, address })
      : undefined;
    return {
      ...toAnswer(issued, refreshToken),
      scope: formatScopes(issued.access),
      issued_token_type: ACCESS_TOKEN_TYPE,
      token_type: 'Bearer',
    };
  }

  async #signedInBy(request: FastifyRequest): Promise<SignedIn> {
    try {
      const credentials = parseBasicCredentials(request.headers.authorization);
      return credentials ? await this.authenticator.signIn(credentials, request.ip) : ANONYMOUS;
    } catch (error) {
      if (error instanceof MalformedCredentialsError) throw this.authenticator.wrongPassword();
      throw error;
    }
  }
}
