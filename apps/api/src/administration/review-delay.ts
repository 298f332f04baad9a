/** From a change to the review of what it may have left behind; for pages that say when something goes. */
export class ReviewDelaySeconds {
  constructor(readonly seconds: number) {}
}
