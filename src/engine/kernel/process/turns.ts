/** What the scheduler and whoever lets it run agree on. */

/** What the host gives: none of it can be seen from inside. */
export interface HostTurns {
  /** A real turn of the host's event loop. */
  breathe(): Promise<void>;
  /** Real milliseconds, only to decide when to breathe. */
  nowMs(): number;
}

export type RunResult = 'until' | 'idle' | 'stopped' | 'too-many-turns';

export interface RunOptions {
  /** Asked at every tick: come back now? */
  readonly stop?: (() => boolean) | undefined;
  readonly maxTurns?: number | undefined;
}
