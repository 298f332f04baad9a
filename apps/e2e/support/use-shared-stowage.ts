import { beforeAll } from 'vitest';
import { SHARED_URL_VARIABLE, STARTER_VARIABLE } from './topology/shared-url.js';

export interface Shared {
  readonly url: string;
  readonly host: string;
}

/**
 * The Stowage, or the replicas, that all suites of the run share: for suites that know only a URL and make their own users
 * and namespaces. Others go on beside, so nothing may be assumed of the registry as a whole. There is an `administrator`.
 */
export function useSharedStowage(): Shared {
  let url = process.env[SHARED_URL_VARIABLE] ?? '';
  beforeAll(async () => {
    if (url === '') url = await askStarter();
  });
  const started = (): string => {
    if (url === '') throw new Error('the server is started by beforeAll');
    return url;
  };
  return {
    get url() {
      return started();
    },
    get host() {
      return new URL(started()).host;
    },
  };
}

async function askStarter(): Promise<string> {
  const response = await fetch(process.env[STARTER_VARIABLE] ?? '');
  const text = await response.text();
  if (!response.ok) throw new Error(`the shared Stowage does not start: ${text}`);
  return text;
}
