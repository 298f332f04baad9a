import type { OciErrorCode } from '@stowage/oci';
import { expect } from 'vitest';

interface OciErrorBody {
  readonly errors: readonly { readonly code: string; readonly message: string; readonly detail?: unknown }[];
}

/** The status, the code and the envelope of distribution-spec, "Error Codes". The first error comes back. */
export async function expectOciError(
  response: Response,
  status: number,
  code: OciErrorCode | readonly OciErrorCode[],
): Promise<OciErrorBody['errors'][number]> {
  const text = await response.text();
  expect({ status: response.status, text }, `${response.url}: ${text.slice(0, 500)}`).toMatchObject({ status });
  expect(response.headers.get('content-type')).toMatch(/^application\/json\b/);
  const body = JSON.parse(text) as OciErrorBody;
  const [error] = body.errors;
  expect([code].flat(), text).toContain(error?.code);
  expect(error?.message).toMatch(/\S/);
  return error as OciErrorBody['errors'][number];
}

/** The registry refuses, and does not say whether there was anything: 401 with a challenge, or 403. */
export async function expectRefused(response: Response): Promise<void> {
  const text = await response.text();
  expect([401, 403], `${response.url}: ${response.status} ${text.slice(0, 500)}`).toContain(response.status);
  const body = JSON.parse(text) as OciErrorBody;
  expect(['UNAUTHORIZED', 'DENIED']).toContain(body.errors[0]?.code);
}
