import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { labLock } from '../../src/lab/lock.ts';

/** A browser's locks, each answer of which comes after `lateMs`. */
function locks(lateMs: number, holders: Set<string>) {
  const later = () => new Promise((resolve) => setTimeout(resolve, lateMs));
  return {
    request: async (name: string, { ifAvailable = false }: LockOptions, held: (lock: Lock | null) => Promise<void>): Promise<void> => {
      await later();
      if (holders.has(name) && ifAvailable) return held(null);
      while (holders.has(name)) await later();
      holders.add(name);
      await held({ name, mode: 'exclusive' });
      holders.delete(name);
    },
  };
}

const LATE_MS = 3000;

describe('the lock of a lab', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('is taken from nobody, however late a busy browser grants it, without a word of another tab', async () => {
    vi.stubGlobal('navigator', { locks: locks(LATE_MS, new Set()) });
    const waiting = vi.fn();
    const taken = labLock('late', () => {}).acquire(false, waiting);
    await vi.advanceTimersByTimeAsync(LATE_MS);
    await taken;
    expect(waiting).not.toHaveBeenCalled();
  });

  it('says that another tab has it after a moment, and waits for it', async () => {
    const holders = new Set(['drydock:two']);
    vi.stubGlobal('navigator', { locks: locks(1, holders) });
    const waiting = vi.fn();
    const lock = labLock('two', () => {});
    const taken = lock.acquire(false, waiting);
    await vi.advanceTimersByTimeAsync(100);
    expect(waiting).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(waiting).toHaveBeenCalledOnce();
    holders.clear();
    await vi.advanceTimersByTimeAsync(10);
    await taken;
    lock.release();
    await vi.advanceTimersByTimeAsync(10);
    expect(holders.size).toBe(0);
  });
});
