import { Readable } from 'node:stream';
import type { ClaimedSession } from '@stowage/metadata';
import { LEASE_RENEWAL_MS } from '@stowage/metadata';
import { UploadInterruptedError, type UploadState } from '@stowage/storage';
import type { DistributionDependencies } from './dependencies.js';
import { MeteredBody } from './metered-body.js';
import type { RunningDigests } from './running-digests.js';

export interface AppendResult {
  readonly state: UploadState;
  /** Set when the body broke off; `state` is what arrived and is durable. */
  readonly failure: Error | undefined;
}

/**
 * Streams a body into a claimed session's staged bytes: request → limit and hash → storage, with backpressure from
 * end to end. Only storage is touched; the caller records the outcome. The claim is kept alive meanwhile.
 */
export async function appendBody(
  deps: Pick<DistributionDependencies, 'storage' | 'sessions'>,
  digests: RunningDigests,
  input: { readonly session: ClaimedSession; readonly body: Readable; readonly maxBytes: number },
): Promise<AppendResult> {
  const { session, body, maxBytes } = input;
  const running = digests.take(session.id, session.offset);
  const metered = new MeteredBody(maxBytes, running);
  const renewal = setInterval(() => {
    const stopWriting = (kept: boolean) => kept || metered.destroy(new Error('another request writes to this upload'));
    // A renewal that fails is not worth more than a lost claim, which the record of the outcome finds.
    deps.sessions.renew(session).then(stopWriting, () => undefined);
  }, LEASE_RENEWAL_MS);
  const unplug = plug(body, metered);
  try {
    const state = await deps.storage.appendUpload({ token: session.storageToken, offset: session.offset }, metered, {
      disposableChunks: true, // nobody else has the chunks of a request's body
    });
    if (running) digests.keep(session.id, running);
    return { state, failure: undefined };
  } catch (error) {
    if (!(error instanceof UploadInterruptedError)) throw error;
    return { state: error.state, failure: error.cause instanceof Error ? error.cause : error };
  } finally {
    clearInterval(renewal);
    unplug();
    metered.destroy();
  }
}

/**
 * Lets the body flow into `metered`. Not `pipeline`: that would destroy the body when storage or a limit refuses it, and
 * with a request's body goes the connection, so the client would never read why.
 */
function plug(body: Readable, metered: MeteredBody): () => void {
  const fail = (error: Error) => metered.destroy(error);
  const onClose = () => {
    if (!body.readableEnded) fail(new Error('the body ended before its time'));
  };
  metered.on('error', () => undefined); // storage sees it: it is the one that reads
  body.on('error', fail);
  body.on('close', onClose);
  if (body.destroyed) onClose();
  else body.pipe(metered);
  return () => {
    body.unpipe(metered);
    body.off('error', fail);
    body.off('close', onClose);
    body.on('error', () => undefined); // a client that goes away later is nobody's problem
  };
}

/** A body with nothing in it. */
export function emptyBody(): Readable {
  return Readable.from([]);
}
