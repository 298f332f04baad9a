const MOST_STEPS = 12;

/** One person's way through the pages of an OpenID provider, with cookies, as a browser goes it. */
export class BrowserVisit {
  readonly #cookies = new Map<string, string>();
  #asked = 0;

  constructor(
    private readonly origin: string,
    private readonly account: string,
  ) {}

  /** Until the provider sends the person somewhere else; the answer is where. */
  async follow(page: string): Promise<URL> {
    let url = new URL(page);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const response = await this.#ask(url);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.href}: ${response.status} ${await response.text()}`);
      url = new URL(location, url);
      if (url.origin !== this.origin) return url;
    }
    throw new Error('the provider sends nobody back');
  }

  /** The provider asks first who it is and then whether that is fine, at an address of its own for each. */
  #formOf(url: URL): URLSearchParams | undefined {
    if (!url.pathname.startsWith('/interaction/')) return undefined;
    this.#asked += 1;
    return this.#asked % 2 === 1
      ? new URLSearchParams({ prompt: 'login', login: this.account, password: 'x' })
      : new URLSearchParams({ prompt: 'consent' });
  }

  async #ask(url: URL): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const form = this.#formOf(url);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value);
    }
    return response;
  }
}
