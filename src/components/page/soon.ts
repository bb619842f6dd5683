/** Runs `job` a moment after the last call, never twice at once; a call in the meantime makes it run once more. */
export function soon(delayMs: number, job: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    await job();
    running = false;
    if (again) schedule();
  };
  const schedule = (): void => {
    again = running;
    if (running) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delayMs);
  };
  return schedule;
}
