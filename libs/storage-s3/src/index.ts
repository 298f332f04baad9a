export { S3Driver } from './s3-driver.js';
export type { S3DriverOptions } from './s3-client.js';
