import { parseNextLink } from '@stowage/oci';
import { expect } from 'vitest';
import type { RegistryClient } from './registry-client.js';

/** Follows `Link` from page to page, as clients do (RFC 8288). Every page must be 200 and every link relative. */
export async function pagesOf<Page>(client: RegistryClient, path: string): Promise<{ page: Page; headers: Headers }[]> {
  const pages: { page: Page; headers: Headers }[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const response: Response = await client.request('GET', next);
    expect(response.status, next).toBe(200);
    pages.push({ page: (await response.json()) as Page, headers: response.headers });
    next = parseNextLink(response.headers.get('link'));
    if (next !== undefined) expect(next).toMatch(/^\/v2\//);
  }
  return pages;
}
