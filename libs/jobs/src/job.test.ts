import { silentLogger } from '@stowage/telemetry';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, type JobDefinition } from './job.js';
import { retryDelaySeconds } from './retry-delay.js';

const definition: JobDefinition<{ id: string }> = {
  name: 'send-mail',
  payload: z.object({ id: z.string() }),
  maxAttempts: 3,
  run: async () => {},
};
const context = { signal: new AbortController().signal, logger: silentLogger };

describe('defineJob', () => {
  it.each(['', 'Send', 'send_mail', 'send-', '-mail', 'send mail', 'send--mail'])('refuses the name %j', (name) => {
    expect(() => defineJob({ ...definition, name })).toThrow(TypeError);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d attempts', (maxAttempts) => {
    expect(() => defineJob({ ...definition, maxAttempts })).toThrow(RangeError);
  });

  it.each([0, 0.5, Number.NaN])('refuses a turn every %d seconds', (everySeconds) => {
    const scheduled = { ...definition, payload: z.object({ id: z.string().default('') }), schedule: { everySeconds } };
    expect(() => defineJob(scheduled)).toThrow(RangeError);
  });

  it('refuses a schedule for a job that can not run without a payload', () => {
    expect(() => defineJob({ ...definition, schedule: { everySeconds: 1 } })).toThrow(z.ZodError);
  });

  it('hands the job what the schema made of the payload', async () => {
    const seen: unknown[] = [];
    const job = defineJob({ ...definition, run: async (payload) => void seen.push(payload) });
    await job.perform({ id: 'a', other: 1 }, context);
    await expect(job.perform({ id: 1 }, context)).rejects.toThrow(z.ZodError);
    expect(seen).toEqual([{ id: 'a' }]);
  });
});

describe('retryDelaySeconds', () => {
  it('doubles up to ten minutes', () => {
    expect([1, 2, 3, 9, 10, 100].map(retryDelaySeconds)).toEqual([2, 4, 8, 512, 600, 600]);
  });
});
