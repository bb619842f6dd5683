/** What a browser's worker hands to a machine: images from the site, turns of the event loop, a clock. */
import type { Pacer } from '../engine/machine/session.ts';
import type { Host } from '../engine/machine/types.ts';
import type { CatalogueReader } from '../engine/registry/catalogue-reader.ts';

/** The static layout below `root` (an absolute address that ends with a slash). */
export function siteCatalogue(root: string): CatalogueReader {
  return {
    read: async (name) => {
      const address = new URL(name, root);
      if (!address.href.startsWith(root)) return null;
      const response = await fetch(address);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    },
  };
}

/** A turn of the event loop by a message, which no browser delays as it delays timers. */
export function messageTurns(): () => Promise<void> {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}

export const browserHost = (catalogueRoot: string): Host => ({
  catalogue: siteCatalogue(catalogueRoot),
  breathe: messageTurns(),
  nowMs: () => performance.now(),
});

export const browserPacer: Pacer = {
  nowMs: () => performance.now(),
  after: (ms, wake) => {
    const timer = setTimeout(wake, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
