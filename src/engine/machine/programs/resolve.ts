import type { Sys } from '../../kernel/sys.ts';
import { lookUp } from '../../userland/net/resolve.ts';

/** How dockerd finds registries: the IPv4 addresses of a name by the servers of the host. */
export async function resolve(sys: Sys, name: string): Promise<readonly string[]> {
  const found = await lookUp(sys, name, 'inet');
  return found.kind === 'found' ? found.addresses : [];
}
