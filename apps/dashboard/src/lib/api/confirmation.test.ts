import { accountRoutes } from '@stowage/contracts';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from './api-error';
import { request } from './client';
import { confirmedAfter, provideConfirmation } from './confirmation';

const problem = { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'Type your password again.' };
const needed = { ...problem, reason: 'confirmation-needed' as const };

let takeAway = (): void => undefined;
afterEach(() => {
  takeAway();
  vi.unstubAllGlobals();
});

function answerWith(...bodies: (object | null)[]): string[] {
  const sent: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    sent.push(path);
    const body = bodies.shift() ?? null;
    return Promise.resolve(new Response(body && JSON.stringify(body), { status: body ? 403 : 204 }));
  });
  return sent;
}

test('a refused request is sent again after the password', async () => {
  const ask = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  takeAway = provideConfirmation(ask);
  const sent = answerWith(needed, null);
  await request(accountRoutes.endOtherSessions);
  expect(sent).toHaveLength(2);
  expect(ask).toHaveBeenCalledOnce();
});

test('it is sent again once, and not at all when nobody types a password', async () => {
  takeAway = provideConfirmation(() => Promise.resolve(true));
  const sent = answerWith(needed, needed, needed);
  await expect(request(accountRoutes.endOtherSessions)).rejects.toMatchObject({ status: 403 });
  expect(sent).toHaveLength(2);
  takeAway();
  takeAway = provideConfirmation(() => Promise.resolve(false));
  const more = answerWith(needed, null);
  await expect(request(accountRoutes.endOtherSessions)).rejects.toMatchObject({ message: needed.detail });
  expect(more).toHaveLength(1);
});

test('several that wait are asked for together, and other refusals for nothing', async () => {
  const ask = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  takeAway = provideConfirmation(ask);
  const refused = new ApiError(403, needed.detail, { problem: needed });
  expect(await Promise.all([confirmedAfter(refused), confirmedAfter(refused)])).toEqual([true, true]);
  expect(ask).toHaveBeenCalledOnce();
  expect(await confirmedAfter(new ApiError(403, problem.detail, { problem }))).toBe(false);
  expect(await confirmedAfter(new Error('no answer'))).toBe(false);
  expect(ask).toHaveBeenCalledOnce();
});
