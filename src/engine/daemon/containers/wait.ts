/** Waiting for a container's end. Upstream: moby daemon/wait.go. */
import type { Container } from './container.ts';

export type WaitCondition = 'not-running' | 'next-exit' | 'removed';

/** What to wait for is fixed when it is asked; the answer comes when it has happened. */
export function waitFor(container: Container, condition: WaitCondition): () => Promise<number> {
  const { live, state } = container;
  const before = live.exits;
  const holds = (): boolean => {
    if (condition === 'removed') return live.isRemoved;
    if (condition === 'next-exit') return live.exits !== before || live.isRemoved;
    return !state.running || live.exits !== before;
  };
  return async () => {
    while (!holds()) await live.changed.wait();
    return state.exitCode;
  };
}
