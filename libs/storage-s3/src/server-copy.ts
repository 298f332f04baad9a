import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { type Bucket, CONTENT_TYPE } from './bucket.js';
import { CopyPace } from './copy-pace.js';
import { inLanes } from './in-lanes.js';
import { LazyMultipart } from './lazy-multipart.js';
import { onService } from './s3-errors.js';

const GIB = 1024 * 1024 * 1024;
/** A limit of S3, for one piece. */
const MAX_PIECE = 5 * GIB;
const PIECE = 32 * 1024 * 1024;
const MAX_PIECES = 1_000;
const LANES = 16;
const COPY_MS = 10 * 60_000;

export interface Copy {
  readonly from: string;
  readonly to: string;
  readonly size: number;
}

/** Copies within the bucket: no byte passes through here. All or nothing; rejects with ObjectExistsError where the service can tell. */
export class ServerCopy {
  readonly #bucket: Bucket;
  readonly #pace: CopyPace;

  constructor(bucket: Bucket, pace = new CopyPace()) {
    this.#bucket = bucket;
    this.#pace = pace;
  }

  async run(copy: Copy): Promise<void> {
    const inOnePiece = copy.size <= MAX_PIECE && (copy.size <= PIECE || this.#pace.isQuickFor(copy.size));
    await (inOnePiece ? this.#copyWhole(copy) : this.#copyPieces(copy));
  }

  async #copyWhole({ from, to, size }: Copy): Promise<void> {
    const bucket = this.#bucket;
    const begun = performance.now();
    await bucket.ifAbsent((condition) => {
      const command = new CopyObjectCommand({
        ...bucket.target(to),
        ...condition,
        CopySource: bucket.source(from),
        // What is noted beside staged bytes is nothing of the object's.
        MetadataDirective: 'REPLACE',
        ContentType: CONTENT_TYPE,
      });
      return onService(from, undefined, () => bucket.client.send(command, { requestTimeout: COPY_MS }));
    });
    this.#pace.note(size, performance.now() - begun);
  }

  async #copyPieces({ from, to, size }: Copy): Promise<void> {
    const parts = new LazyMultipart(this.#bucket, to);
    try {
      const multipart = await parts.begin();
      const tags = await inLanes(piecesOf(size), LANES, ({ number, first, last }) =>
        multipart.copy(number, from, { first, last }),
      );
      await multipart.complete(tags, { ifAbsent: true });
    } catch (cause) {
      // @NOTE what can't be freed now is listed as an upload and goes with the next sweep; the first failure counts.
      await parts.abort().catch(() => undefined);
      throw cause;
    }
  }
}

export interface Piece {
  readonly number: number;
  readonly first: number;
  readonly last: number;
}

/** Pieces of one size but the last; few enough for S3, and none too large. */
export function piecesOf(size: number): Piece[] {
  const piece = Math.max(PIECE, Math.ceil(size / MAX_PIECES));
  return Array.from({ length: Math.ceil(size / piece) }, (_, index) => ({
    number: index + 1,
    first: index * piece,
    last: Math.min(size, (index + 1) * piece) - 1,
  }));
}
