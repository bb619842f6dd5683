/** Runs `job` a moment after the first call, never twice at once; a call in the meantime makes it run once more. */
export function soon(delayMs: number, job: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    timer = undefined;
    running = true;
    try {
      await job();
    } finally {
      running = false;
      if (again) schedule();
    }
  };
  const schedule = (): void => {
    again = running;
    // A call that comes while one is due does not put it off: under constant calls nothing would ever run.
    if (running || timer !== undefined) return;
    timer = setTimeout(() => void run(), delayMs);
  };
  return schedule;
}
