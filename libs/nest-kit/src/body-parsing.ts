import type { FastifyInstance } from 'fastify';
import { MalformedBodyError } from './http-errors.js';
import { isStorableText } from './storable-text.js';

/** How an app's request bodies reach its handlers. */
export type BodyParsing =
  /** As they come, for any Content-Type: `request.body` is the stream. */
  | 'stream'
  /** JSON objects only; any other Content-Type is refused with 415. */
  | 'json'
  /** `application/x-www-form-urlencoded` only, as a `URLSearchParams`. */
  | 'form';

export const MAX_PARSED_BODY_BYTES = 256 * 1024;

export function setBodyParsing(fastify: FastifyInstance, parsing: BodyParsing): void {
  fastify.removeAllContentTypeParsers();
  if (parsing === 'stream') {
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    return;
  }
  const options = { parseAs: 'string', bodyLimit: MAX_PARSED_BODY_BYTES } as const;
  if (parsing === 'form') {
    fastify.addContentTypeParser('application/x-www-form-urlencoded', options, (_request, body: string, done) => {
      const form = new URLSearchParams(body);
      const isText = [...form].flat().every(isStorableText);
      if (isText) done(null, form);
      else done(new MalformedBodyError('the form holds a NUL'));
    });
    return;
  }
  fastify.addContentTypeParser('application/json', options, (_request, body: string, done) => {
    try {
      done(null, parseJson(body));
    } catch (cause) {
      done(new MalformedBodyError('the body is not JSON', { cause }));
    }
  });
}

/** `__proto__` as a member name never means well; a string that is no text could not be stored. */
function parseJson(text: string): unknown {
  if (text === '') return undefined;
  return JSON.parse(text, (name, value: unknown) => {
    if (name === '__proto__') throw new SyntaxError('forbidden member name');
    if (typeof value === 'string' && !isStorableText(value)) throw new SyntaxError('a string that is no text');
    return value;
  });
}
