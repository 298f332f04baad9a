export { PostgresExitError, PostgresStartError, type PostgresStartErrorCode } from './postgres-errors.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type PostgresLogger,
  startEmbeddedPostgres,
} from './start-embedded-postgres.js';
