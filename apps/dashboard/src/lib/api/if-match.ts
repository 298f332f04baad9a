/** A change that counts only while nobody else has made another one. */
export interface IfMatch {
  /** The entity tag of what the person saw. */
  readonly ifMatch: string | undefined;
}
