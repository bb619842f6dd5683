/** Calls when the browser has nothing better to do, within two seconds; a browser that cannot tell is given a moment. */
const WITHIN_MS = 2000;

export function atRest(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: WITHIN_MS });
  else setTimeout(act, WITHIN_MS / 10);
}
