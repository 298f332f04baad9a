import type { Readable, Writable } from 'node:stream';
import { SinkWriter } from '@stowage/storage';

/** What a sink may hold of ours before we wait for it: several chunks, or each would cost a round through the event loop. */
const WINDOW = 1024 * 1024;

/** Sends a body with backpressure; destroys it when the sink fails. Resolves with the number of bytes. */
export async function sendObject(body: Readable, sink: Writable, signal: AbortSignal | undefined): Promise<number> {
  const writer = new SinkWriter(sink, signal);
  let sent = 0;
  let held = 0;
  let draining = Promise.resolve();
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      sent += chunk.length;
      held += chunk.length;
      const writing = writer.write(chunk);
      // Awaited later; a failure until then is not an unhandled one.
      writing.catch(() => {});
      draining = writing;
      if (held >= WINDOW) {
        await draining;
        held = 0;
      }
    }
    await draining;
  } finally {
    body.destroy();
    writer.release();
  }
  return sent;
}
