import type { Logger } from './logger.js';

const ignore = () => {};

/** Writes nothing: for tests, and where a logger is optional. */
export const silentLogger: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLogger,
};
