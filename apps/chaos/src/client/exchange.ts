import { type ClientRequest, type IncomingHttpHeaders, request as send } from 'node:http';

/** How a client leaves: after so many bytes of the body, and then so many milliseconds. */
export interface Departure {
  readonly afterBytes: number;
  readonly afterMs: number;
}

export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  readonly timeoutMs: number;
  /** Close the connection then, unless the answer is there already. */
  readonly departure?: Departure | undefined;
}

export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Buffer;
      /** False when the connection ended before the body did. */
      readonly isWhole: boolean;
    }
  /** Nobody listened: the request was never sent. */
  | { readonly kind: 'refused' }
  /** The request may have arrived; its answer did not. */
  | { readonly kind: 'lost'; readonly reason: string };

/** One request on a connection of its own. Never throws for what the network or the server does. */
export function exchange(outgoing: Outgoing): Promise<Exchange> {
  const { method, url, headers, body, timeoutMs, departure } = outgoing;
  return new Promise((resolve) => {
    const length: Record<string, string> = body === undefined ? {} : { 'content-length': String(body.length) };
    const message = send(url, { method, headers: { ...headers, ...length }, agent: false });
    const timers: NodeJS.Timeout[] = [];
    const settle = (outcome: Exchange) => {
      for (const timer of timers) clearTimeout(timer);
      message.destroy();
      resolve(outcome);
    };
    const leave = (reason: string) => () => settle({ kind: 'lost', reason });
    timers.push(setTimeout(leave('no answer in time'), timeoutMs));
    message.on('error', (error) => settle(failureOf(error)));
    collect(message, settle);
    const leaveSoon = () => {
      if (departure) timers.push(setTimeout(leave('the client hung up'), departure.afterMs));
    };
    const part = departure && body?.subarray(0, departure.afterBytes);
    if (part && body && part.length < body.length) message.write(part, leaveSoon);
    else message.end(body, leaveSoon);
  });
}

function collect(message: ClientRequest, settle: (outcome: Exchange) => void): void {
  message.on('response', (response) => {
    const chunks: Buffer[] = [];
    const answer = (isWhole: boolean) => () => {
      const { statusCode: status = 0, headers } = response;
      settle({ kind: 'answered', status, headers, body: Buffer.concat(chunks), isWhole });
    };
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', answer(true));
    response.on('error', answer(false));
  });
}

function failureOf(error: Error): Exchange {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return { kind: 'refused' };
  return { kind: 'lost', reason: code ?? error.message };
}
