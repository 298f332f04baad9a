import { describe, expect, it } from 'vitest';
import { atSteadyPace } from './steady-pace.js';

/** A pace that is over when the test says so, and whether the answer came before. */
function heldPace() {
  const over = Promise.withResolvers<void>();
  const events: string[] = [];
  return {
    pace: { wait: () => over.promise },
    events,
    note: (event: string) => () => void events.push(event),
    end: () => {
      events.push('time is over');
      over.resolve();
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('atSteadyPace', () => {
  it.each([
    ['found something', async () => 1],
    ['found nothing', async () => undefined],
  ])('answers when the time is over, not when the work %s', async (_, work) => {
    const { pace, events, note, end } = heldPace();
    const answer = atSteadyPace(work, pace).then(note('answer'));
    await settle();
    end();
    await answer;
    expect(events).toEqual(['time is over', 'answer']);
  });

  it('fails no sooner either, and with the failure of the work', async () => {
    const { pace, events, note, end } = heldPace();
    const failure = new Error('no database');
    const answer = atSteadyPace(() => Promise.reject(failure), pace).catch((error: unknown) => {
      note('failure')();
      return error;
    });
    await settle();
    end();
    expect(await answer).toBe(failure);
    expect(events).toEqual(['time is over', 'failure']);
  });

  it('waits for work that takes longer', async () => {
    const work = Promise.withResolvers<string>();
    const { pace, events, note, end } = heldPace();
    const answer = atSteadyPace(() => work.promise, pace).then(note('answer'));
    end();
    await settle();
    note('work is done')();
    work.resolve('x');
    await answer;
    expect(events).toEqual(['time is over', 'work is done', 'answer']);
  });
});
