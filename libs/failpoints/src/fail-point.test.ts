import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { armFailPoints, failPoint, FailPointError, FailPointSyntaxError } from './index.js';

afterEach(() => {
  armFailPoints(undefined);
  vi.restoreAllMocks();
});

describe('a fail point', () => {
  it('does nothing unless it is armed', async () => {
    await failPoint('K5');
    armFailPoints('K4:error');
    await failPoint('K5');
    await expect(failPoint('K4')).rejects.toBeInstanceOf(FailPointError);
  });

  it('acts at one hit when the hit is named, else at each', async () => {
    armFailPoints('K1:error@2,K2:error');
    await failPoint('K1');
    await expect(failPoint('K1')).rejects.toBeInstanceOf(FailPointError);
    await failPoint('K1');
    for (let hit = 0; hit < 2; hit += 1) await expect(failPoint('K2')).rejects.toBeInstanceOf(FailPointError);
  });

  it('kills the process with a signal that it can not handle', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    armFailPoints('M1:kill');
    void failPoint('M1');
    await vi.waitFor(() => expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL'));
  });

  it('waits until its file is removed', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'stowage-failpoint-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'reached');
    armFailPoints(`T1:pause=${file}`);
    let isOver = false;
    const paused = failPoint('T1').then(() => (isOver = true));
    await vi.waitFor(() => expect(existsSync(file)).toBe(true));
    expect(isOver).toBe(false);
    rmSync(file);
    await paused;
  });

  it.each([
    'K5',
    'K5:die',
    'XX:kill',
    'K99:kill',
    'K5:kill=1',
    'K5:delay',
    'K5:delay=soon',
    'K5:pause',
    'K5:kill@0',
    ' K5:kill',
    'K5:kill,',
  ])('refuses %j by name', (text) => {
    expect(() => armFailPoints(text)).toThrow(FailPointSyntaxError);
    expect(() => armFailPoints(text)).toThrow(JSON.stringify(text.split(',').at(-1)).slice(1, -1) || '""');
  });
});
