/**
 * One tab at a time holds the machine of a lab: two machines on one journal would mix it up. The lock is the browser's (Web Locks),
 * so that a closed tab lets go by itself; a channel asks the tab that has it to save and to let go.
 */

/** What a tab that asks says to the one that has the lab. */
const GIVE_UP = 'give-up';
/** A page that was just left still has the lock for a moment; a worker that is ended while it is busy, for some seconds. */
const GRACE_MS = 400;
const RELAUNCH_GRACE_MS = 5000;
/** A tab that does not let go by then is stuck; the browser takes the lock away from it. */
const PATIENCE_MS = 8000;

export interface LabLock {
  /** Resolves when this tab has the lab. `waiting` is called if another tab has it: after a while, because it may be this tab's last worker. */
  acquire(isRelaunch: boolean, waiting: () => void): Promise<void>;
  /** Makes the tab that has it let go. */
  takeOver(): void;
  release(): void;
}

/** `onAsked`: another tab wants the lab; save, then call `release`. */
export function labLock(lab: string, onAsked: () => void): LabLock {
  const name = `drydock:${lab}`;
  const channel = new BroadcastChannel(name);
  let letGo: (() => void) | null = null;
  channel.onmessage = ({ data }) => {
    if (data === GIVE_UP && letGo) onAsked();
  };
  /** Holds the lock until `release`; whether it was granted. A stolen lock rejects, and then it is another's. */
  const hold = (options: LockOptions): Promise<boolean> =>
    new Promise((granted, refused) => {
      const held = (lock: Lock | null): Promise<void> =>
        new Promise((resolve) => {
          granted(lock !== null);
          if (lock) letGo = resolve;
          else resolve();
        });
      navigator.locks.request(name, options, held).catch((error: unknown) => {
        // A frame on another site may have no storage and no locks: then there is nothing that two tabs could mix up.
        if (error instanceof DOMException && error.name === 'SecurityError') return granted(true);
        if (letGo) onAsked();
        refused(error);
      });
    });
  let stolen: (() => void) | null = null;
  return {
    acquire: async (isRelaunch, waiting) => {
      if (!('locks' in navigator)) return;
      // A browser that is busy is slow to grant what nobody has: that is no other tab.
      if (await hold({ ifAvailable: true })) return;
      const timer = setTimeout(waiting, isRelaunch ? RELAUNCH_GRACE_MS : GRACE_MS);
      const taken = new Promise<boolean>((resolve, reject) => {
        stolen = () => hold({ steal: true }).then(resolve, reject);
      });
      await Promise.race([hold({}), taken]);
      clearTimeout(timer);
      stolen = null;
    },
    takeOver: () => {
      channel.postMessage(GIVE_UP);
      setTimeout(() => stolen?.(), PATIENCE_MS);
    },
    release: () => {
      letGo?.();
      letGo = null;
    },
  };
}
