import { type AuditChainHead, type AuditVerification, AuditVerifier } from '@stowage/metadata';
import { ShutdownStack } from '@stowage/service';
import { createLogger } from '@stowage/telemetry';
import { readConfig, type StowageConfig } from './config.js';
import { lockDataFolder } from './data-folder/lock-data-folder.js';
import { startDatabase } from './start/start-database.js';

type Head = Pick<AuditChainHead, 'sequence' | 'root'>;

// npm run audit:verify [<sequence>:<root>]: exits with 0 when the audit log is what was sealed, with 1 when it is not.

try {
  const verification = await verify(parseHead(process.argv[2]), readConfig(process.env));
  process.stdout.write(`${describe(verification)}\n`);
  process.exitCode = verification.firstBreak ? 1 : 0;
} catch (error) {
  process.stderr.write(`audit:verify: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

/** On the configured Postgres; our own is started for this when it is not running. */
async function verify(known: Head | undefined, config: StowageConfig): Promise<AuditVerification> {
  const logger = createLogger({ ...config.log, level: 'warn' });
  const stack = new ShutdownStack(logger);
  try {
    if (!config.database.url) {
      const lock = await lockDataFolder(config.data.directory);
      stack.add('data folder', () => lock.release());
    }
    const { database } = await startDatabase(config, logger, stack);
    return await new AuditVerifier(database).verify(known);
  } finally {
    await stack.stop();
  }
}

function parseHead(text: string | undefined): Head | undefined {
  if (text === undefined) return undefined;
  const match = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(text);
  if (match) return { sequence: Number(match[1]), root: String(match[2]) };
  throw new Error('a head is <sequence>:<root>, as an earlier run or the page has shown it');
}

function describe({ head, sealedEvents, openEvents, redactedEvents, firstBreak }: AuditVerification): string {
  if (firstBreak) {
    const { what, sequence, eventId } = firstBreak;
    const where = [eventId && `event ${eventId}`, sequence && `seal ${sequence}`].filter(Boolean).join(', ');
    return `The audit log is NOT what was sealed: ${what} (${where}).`;
  }
  if (!head) return `Nothing is sealed yet; ${openEvents} events wait.`;
  return [
    `The audit log is whole: ${sealedEvents} events in ${head.sequence} seals, ${openEvents} not sealed yet, ${redactedEvents} redacted on purpose.`,
    `Keep this elsewhere to prove it later: ${head.sequence}:${head.root}`,
  ].join('\n');
}
