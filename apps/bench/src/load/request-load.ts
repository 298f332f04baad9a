/** The same GET again and again on kept-alive connections. */
export interface RequestLoad {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
}
