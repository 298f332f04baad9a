import { type AnswerOf, API_PREFIX, type Page, pathOf, queryStringOf, type Route } from '@stowage/contracts';
import { type ApiError, BrokenContractError } from './api-error.js';
import type { ItemOf, ListRest, ListRoute } from './list-route.js';
import { type AnyRequest, type Rest, type Tagged } from './route-request.js';
import { readJson, type SendOptions, sendOnce } from './send.js';

export interface ClientOptions extends SendOptions {
  /** The origin of the registry, such as `https://registry.example.com`; a page of that origin leaves it out. */
  readonly url?: string | URL | undefined;
  /** Asked when a request was refused: true sends it once more. */
  readonly mayRepeat?: ((error: ApiError) => Promise<boolean>) | undefined;
  /** Told of an answer that broke its contract, before that is thrown; it may throw something else instead. */
  readonly onBrokenContract?: ((error: BrokenContractError) => void) | undefined;
}

const PAGE_SIZE = 100;

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls the routes of the table in `@stowage/contracts`, which says what a request takes and what its answer is; answers are
 * checked with the route's schema. Every method throws an `ApiError`, and what `signal` was aborted with.
 */
export class Client {
  constructor(private readonly options: ClientOptions = {}) {}

  /** The answer; undefined for a route without content. */
  async request<R extends Route>(route: R, ...[given]: Rest<R>): Promise<AnswerOf<R>> {
    return (await this.#call(route, given ?? {})) as AnswerOf<R>;
  }

  /** As `request`, of a route whose answer is changed by people who may all have it open at the same time. */
  async requestTagged<R extends Route>(route: R, ...[given]: Rest<R>): Promise<Tagged<AnswerOf<R>>> {
    const response = await this.#send(route, given ?? {});
    const answer = (await this.#answerOf(route, response)) as object;
    return { ...answer, entityTag: response.headers.get('etag') ?? undefined } as Tagged<AnswerOf<R>>;
  }

  /** Deletes. The id of its entry in the trash, from which it can be restored; null when it is gone for good. */
  async requestDeletion<R extends Route>(route: R, ...[given]: Rest<R>): Promise<string | null> {
    const response = await this.#send(route, given ?? {});
    return response.headers.get('location')?.split('/').at(-1) ?? null;
  }

  /** The answer as it came, which is a success: for routes that answer with a file. */
  async requestFile<R extends Route>(route: R, ...[given]: Rest<R>): Promise<Response> {
    return this.#send(route, given ?? {});
  }

  /** One page of a list; without `cursor` the first. */
  async page<R extends ListRoute>(
    route: R,
    { cursor, limit = PAGE_SIZE, signal }: PageRequest,
    ...[parts]: ListRest<R>
  ): Promise<Page<ItemOf<R>>> {
    const { params = {}, filter } = parts ?? {};
    const page = await this.#call(route, { params, query: { ...filter, limit, cursor }, signal });
    return page as Page<ItemOf<R>>; // checked with the schema of this very route
  }

  /** All items of a list. Pages are asked for as they are needed: who stops reading asks for no more. */
  async *items<R extends ListRoute>(route: R, ...rest: ListRest<R>): AsyncGenerator<ItemOf<R>, void> {
    let cursor: string | undefined;
    do {
      const page = await this.page(route, { cursor }, ...rest);
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** Where a browser finds what a route answers with a file. */
  hrefOf<R extends Route>(route: R, ...[given]: Rest<R>): string {
    return this.#urlOf(route, given ?? {});
  }

  async #call(route: Route, given: AnyRequest): Promise<unknown> {
    return this.#answerOf(route, await this.#send(route, given));
  }

  async #send(route: Route, given: AnyRequest): Promise<Response> {
    const { method } = route;
    const { body, ifMatch, idempotencyKey, signal } = given;
    const message = { method, url: this.#urlOf(route, given), body, ifMatch, idempotencyKey, signal };
    try {
      return await sendOnce(message, this.options);
    } catch (error) {
      const { mayRepeat } = this.options;
      if (mayRepeat && (await mayRepeat(error as ApiError))) return sendOnce(message, this.options);
      throw error;
    }
  }

  async #answerOf(route: Route, response: Response): Promise<unknown> {
    if (!route.answer) return undefined;
    const parsed = route.answer.safeParse(response.status === 204 ? undefined : await readJson(response));
    if (parsed.success) return parsed.data;
    const cause = parsed.error;
    const error = new BrokenContractError(response.status, `${route.method} ${route.path}`, { cause });
    this.options.onBrokenContract?.(error);
    throw error;
  }

  #urlOf(route: Route, { params = {}, query }: AnyRequest): string {
    const path = `${API_PREFIX}${pathOf(route, params)}${queryStringOf(query)}`;
    return this.options.url === undefined ? path : new URL(path, this.options.url).href;
  }
}
