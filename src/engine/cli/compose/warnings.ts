import { showRfc3339 } from '../formatter/time.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output.ts';

/** Warnings as logrus writes them: with the time, or on a terminal in colour. */
export const warnTo =
  (io: Io, err: Output) =>
  (message: string): Promise<void> => {
    if (err.isTerminal) return err.line(`\x1b[33mWARN\x1b[0m[0000] ${message} `);
    const seconds = Number(io.clock.nowNs() / 1_000_000_000n);
    return err.line(`time=${JSON.stringify(showRfc3339(seconds))} level=warning msg=${JSON.stringify(message)}`);
  };
