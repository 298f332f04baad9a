export { createLogger, type LoggerOptions } from './create-logger.js';
export { type LogDestination, LOG_FORMATS, LOG_LEVELS, type LogFormat, type Logger, type LogLevel } from './logger.js';
export { redact, redactText } from './redact.js';
export { readRequestId } from './request-id.js';
export { silentLogger } from './silent-logger.js';
