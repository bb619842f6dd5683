/** What dockerd does in several steps, each a cause of its own: what a step makes leads back to it, and it to the request. */
import type { SpanId, Sys } from '../kernel/sys.ts';

/** Does `act` as a deed of that name, or as part of one that began before; whoever called goes on as before. */
export async function asDeed<T>({ cause }: Pick<Sys, 'cause'>, deed: string | SpanId, act: () => Promise<T>): Promise<T> {
  const before = cause.span();
  if (typeof deed === 'string') cause.begin(deed);
  else cause.adopt(deed);
  try {
    return await act();
  } finally {
    cause.adopt(before);
  }
}
