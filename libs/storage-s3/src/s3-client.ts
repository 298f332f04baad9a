import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface S3DriverOptions {
  readonly bucket: string;
  readonly region: string;
  /** The service, when it is not AWS. */
  readonly endpoint?: string | undefined;
  /** Where clients reach the service, when that is not where we do: presigned URLs are signed for it. */
  readonly publicEndpoint?: string | undefined;
  /** The environment's (variables, files, instance role) when absent. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** The bucket in the path instead of the host name: what most services that are not AWS want. */
  readonly forcePathStyle?: boolean | undefined;
  /** A folder of the bucket that the store has for itself. */
  readonly prefix?: string | undefined;
}

/** Every download holds a connection for as long as its client takes; uploads must not queue behind them. */
const MAX_SOCKETS = 2_048;
const CONNECT_MS = 5_000;
/** Until the head of the answer. What takes longer by its nature says so itself. */
const ANSWER_MS = 60_000;

export function createClient(options: S3DriverOptions, endpoint: string | undefined): S3Client {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const config: S3ClientConfig = {
    region: options.region,
    forcePathStyle: options.forcePathStyle ?? false,
    // Services that are not AWS refuse or, worse, store the trailers of the newer checksums. The payload is signed anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      httpAgent: agent,
      httpsAgent: agent,
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
      // An idle socket is no sign of trouble while a slow client reads a download; `ObjectBody` watches bodies itself.
      socketTimeout: 0,
    },
  };
  if (endpoint !== undefined) config.endpoint = endpoint;
  if (options.credentials) config.credentials = options.credentials;
  return new S3Client(config);
}
