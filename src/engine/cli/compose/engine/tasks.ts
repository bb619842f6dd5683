/** Work on several things at once. A task waits for others by a queue, as all tasks of the client do. */
import type { Io } from '../../io.ts';

/** Does this with every item at the same time; what goes wrong first is thrown when all have ended. */
export function together<Item>(io: Io, items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> {
  const all = Object.fromEntries(items.map((item, i) => [String(i), item]));
  return inOrder(io, { items: all, before: () => [] }, act);
}

export interface Ordered<Item> {
  readonly items: Readonly<Record<string, Item>>;
  /** The names of what has to be done before this one. */
  readonly before: (item: Item) => readonly string[];
}

/** Does this with every item as soon as those before it are done. After an error nothing new is begun. */
export async function inOrder<Item>(io: Io, { items, before }: Ordered<Item>, act: (item: Item) => Promise<unknown>): Promise<void> {
  const waiting = new Map(Object.entries(items));
  const done = new Set<string>();
  const changed = io.queue();
  let running = 0;
  let failure: { readonly error: unknown } | undefined;
  const begin = (name: string, item: Item): void => {
    waiting.delete(name);
    running++;
    io.spawn(async () => {
      try {
        await act(item);
      } catch (error) {
        failure ??= { error };
      }
      done.add(name);
      running--;
      changed.wake();
    });
  };
  for (;;) {
    const isReady = (item: Item) => before(item).every((name) => items[name] === undefined || done.has(name));
    if (failure === undefined) for (const [name, item] of [...waiting]) if (isReady(item)) begin(name, item);
    if (running === 0) break;
    await changed.wait();
  }
  if (failure !== undefined) throw failure.error;
}
