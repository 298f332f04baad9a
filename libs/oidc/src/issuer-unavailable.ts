/** Of what an issuer said or did, only this much is told: never its words, and nothing about a network behind us. */
export type IssuerFault =
  | 'could not be reached'
  | 'is not at a public address'
  | 'took too long to answer'
  | 'answered with an error'
  | 'answered with too much'
  | 'answered with something else than JSON'
  | 'has no usable configuration'
  | 'has no usable keys';

/** The keys of an issuer can't be had just now. The message completes "the issuer …". */
export class IssuerUnavailableError extends Error {
  override name = 'IssuerUnavailableError';

  constructor(
    readonly fault: IssuerFault,
    options?: ErrorOptions,
  ) {
    super(fault, options);
  }
}
