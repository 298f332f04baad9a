import { OCI_ERROR_CODES, type OciErrorCode } from './error-codes.js';

export interface OciErrorOptions extends ErrorOptions {
  /** What a person should know and do; the table's message when absent. */
  readonly message?: string;
  /** Facts for programs; serialised as JSON. */
  readonly detail?: unknown;
  /** Response headers that belong to this error, such as `Range` on a 416. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that has a place in the specification's error table. */
export class OciError extends Error {
  override name = 'OciError';
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: OciErrorCode,
    options: OciErrorOptions = {},
  ) {
    super(options.message ?? OCI_ERROR_CODES[code].message, options);
    this.detail = options.detail;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return OCI_ERROR_CODES[this.code].status;
  }

  /** The body of the answer: distribution-spec, section "Error Codes". */
  toBody(): { errors: { code: OciErrorCode; message: string; detail?: unknown }[] } {
    const detail = this.detail === undefined ? {} : { detail: this.detail };
    return { errors: [{ code: this.code, message: this.message, ...detail }] };
  }
}
