import pino from 'pino';
import type { LogDestination, LogFormat, Logger, LogLevel } from './logger.js';
import { createPrettyDestination } from './pretty-destination.js';
import { redact, redactText } from './redact.js';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Standard output unless given. Lines are written at once: the last one before a crash is there. */
  readonly destination?: LogDestination;
}

export function createLogger({ level, format, destination }: LoggerOptions): Logger {
  const isTerminal = destination === undefined && process.stdout.isTTY;
  const isPretty = format === 'pretty' || (format === 'auto' && isTerminal);
  const target = destination ?? pino.destination({ fd: process.stdout.fd, sync: true });
  const root = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Fields come as plain values from `redact`, errors too.
      serializers: { err: (value: unknown) => value },
    },
    isPretty ? createPrettyDestination(target, isTerminal) : target,
  );
  return wrap(root);
}

type Level = Exclude<LogLevel, 'silent'>;

function wrap(inner: pino.Logger): Logger {
  const writeAt = (level: Level) => (fields: object, message: string) => {
    if (inner.isLevelEnabled(level)) inner[level](redact(fields), redactText(message));
  };
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    child: (fields) => wrap(inner.child(redact(fields))),
  };
}
