/** Looking into a machine from outside: as one of its programs would, while everything stands still. */
import { Process } from './process.ts';
import type { KernelState } from './state.ts';

export interface Window {
  /** Whether its program is still there. */
  isOpen(): boolean;
  /**
   * Lets `body` use the program's system calls between two turns. It may only look: what it was charged, and what it drew by chance, is
   * taken back. Null if the program is gone, stopped, or has a signal to handle first; and if `body` would have had to wait.
   */
  look<T>(body: () => Promise<T>): Promise<T | null>;
}

/** A window through the program that runs now. */
export function openWindow({ scheduler, random }: Pick<KernelState, 'scheduler' | 'random'>): Window {
  const owner = scheduler.current?.owner;
  if (!(owner instanceof Process)) throw new Error('A window is opened by a program');
  const { image } = owner;
  const isOpen = (): boolean => image.isAlive && owner.state === 'alive';
  return {
    isOpen,
    look: (body) =>
      scheduler.look(owner, async () => {
        if (!isOpen() || owner.isHeld() || owner.pending.length > 0) return null;
        const putBack = random.keep();
        try {
          return await body();
        } finally {
          putBack();
        }
      }),
  };
}
