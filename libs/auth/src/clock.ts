/** Where the time comes from; injected, so that tests can set it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
