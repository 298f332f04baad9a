const MOST_STEPS = 12;

/** One person's browser at an OpenID provider: it fills in the forms, and its cookies are kept from one visit to the next. */
export class BrowserVisit {
  readonly #cookies = new Map<string, string>();
  /** What the person was asked there: to sign in, to agree. */
  readonly prompts: string[] = [];

  constructor(
    private readonly origin: string,
    private readonly account: string,
  ) {}

  /** Until the provider sends the person somewhere else; the answer is where. */
  async follow(page: string): Promise<URL> {
    let url = new URL(page);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const response = await this.#visit(url);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.href}: ${response.status} ${await response.text()}`);
      url = new URL(location, url);
      if (url.origin !== this.origin) return url;
    }
    throw new Error('the provider sends nobody back');
  }

  /** The provider asks who it is and whether that is fine, at an address of its own for each. */
  async #visit(url: URL): Promise<Response> {
    if (!url.pathname.startsWith('/interaction/')) return this.#send(url);
    const form = await (await this.#send(url)).text();
    const prompt = /name="prompt" value="(\w+)"/.exec(form)?.[1];
    if (prompt === undefined) throw new Error(`no question at ${url.href}`);
    this.prompts.push(prompt);
    const login = prompt === 'login' ? { login: this.account, password: 'x' } : {};
    return this.#send(url, { method: 'POST', body: new URLSearchParams({ prompt, ...login }) });
  }

  async #send(url: URL, form: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...form });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value);
    }
    return response;
  }
}
