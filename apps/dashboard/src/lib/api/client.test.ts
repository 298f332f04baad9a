import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { request } from './client';

const schema = z.strictObject({ name: z.string() });
const reported = vi.fn<(error: unknown) => void>();

function answerWith(body: BodyInit | null, status = 200): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal('reportError', reported);
}

function bodyThatFails(error: unknown): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(error) });
}

afterEach(() => {
  vi.unstubAllGlobals();
  reported.mockReset();
});

describe('a request to the API', () => {
  test('gives the answer that the schema promises', async () => {
    answerWith('{"name":"acme"}');
    await expect(request(schema, '/x')).resolves.toEqual({ name: 'acme' });
  });

  test.each(['{"title":"acme"}', 'not JSON'])('reports an answer that broke the contract: %s', async (body) => {
    answerWith(body);
    await expect(request(schema, '/x')).rejects.toMatchObject({ status: 200 });
    expect(reported).toHaveBeenCalledOnce();
  });

  test('a body that the page called off is called off, and nobody broke a contract', async () => {
    const calledOff = new DOMException('The user aborted a request.', 'AbortError');
    answerWith(bodyThatFails(calledOff));
    await expect(request(schema, '/x')).rejects.toBe(calledOff);
    expect(reported).not.toHaveBeenCalled();
  });

  test('a body that was cut off is a registry out of reach', async () => {
    answerWith(bodyThatFails(new TypeError('network error')));
    await expect(request(schema, '/x')).rejects.toMatchObject({ status: 0 });
    expect(reported).not.toHaveBeenCalled();
  });
});
