export { findTestS3 } from './find-test-s3.js';
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.js';
export { startTestPostgres, type TestPostgres } from './test-postgres.js';
export type { TestS3 } from './test-s3.js';
