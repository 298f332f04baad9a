import { type Agent, type IncomingHttpHeaders, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Iterable<Buffer>;
  readonly agent: Agent;
}

/** Sends one request and waits for the end of its answer. Throws unless it has the expected status. */
export async function sendRequest(outgoing: Outgoing, expected: number): Promise<IncomingHttpHeaders> {
  const { method, url, headers, agent } = outgoing;
  const message = request(url, { method, headers, agent });
  const answered = new Promise<IncomingHttpHeaders>((resolve, reject) => {
    message.on('error', reject);
    message.on('response', (response) => {
      const text: Buffer[] = [];
      response.on('data', (chunk: Buffer) => text.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === expected) resolve(response.headers);
        else
          reject(
            new Error(`${method} ${url.pathname} answered ${response.statusCode}: ${Buffer.concat(text).toString()}`),
          );
      });
    });
  });
  // An answer that comes early (an error) ends the upload; its text says more than the broken pipe.
  const [answer] = await Promise.all([
    answered,
    pipeline(Readable.from(outgoing.body ?? []), message).catch(() => answered),
  ]);
  return answer;
}

/** Where an upload goes on. */
export function nextLocation({ location }: IncomingHttpHeaders, base: URL): URL {
  if (location === undefined) throw new Error('no Location in the answer to an upload');
  return new URL(location, base);
}
