/** How the `docker` client speaks to registries itself: the daemon's own client for them, over the client's sockets. */
import type { Account, Descriptor, Registries, Repository } from '../../cli/io.ts';
import { createDial } from '../../daemon/dial.ts';
import type { Sys } from '../../kernel/sys.ts';
import type { Digest } from '../../oci/digest.ts';
import { defaultEndpoints, endpoint, isLoopback } from '../../registry/client/endpoint.ts';
import { RegistryError } from '../../registry/client/errors.ts';
import { createRegistryClient, type RegistryClient } from '../../registry/index.ts';
import { resolve } from '../../userland/net/resolve.ts';

export function registries(sys: Sys, accountOf: (domain: string) => Account | undefined): Registries {
  const client = createRegistryClient({
    dial: createDial(sys, resolve),
    credentials: accountOf,
    load: (code) => sys.stall(code),
    // Buildx asks this machine itself without TLS from the start.
    endpoints: (domain) => (isLoopback(domain) ? [endpoint('http', domain)] : defaultEndpoints(domain)),
  });
  return {
    manifest: (from, reference) => naming(from, reference, () => manifest(client, from, reference)),
    blob: (from, descriptor) => naming(from, descriptor.digest, () => client.fetchBlob(from, oci(descriptor))),
    copyBlob: (from, to, descriptor) => naming(to, descriptor.digest, () => copyBlob(client, { from, to, descriptor })),
    push: (to, tag, { mediaType, bytes }) => naming(to, tag, () => client.pushManifest(tag === '' ? to : { ...to, tag }, mediaType, bytes)),
  };
}

const oci = ({ digest, ...rest }: Descriptor) => ({ ...rest, digest: digest as Digest });
const isDigest = (reference: string): reference is Digest => reference.includes(':');

async function manifest(client: RegistryClient, from: Repository, reference: string): ReturnType<Registries['manifest']> {
  const digest = isDigest(reference) ? reference : (await client.resolve({ ...from, tag: reference })).digest;
  return client.fetchManifest(from, digest);
}

interface Copy {
  readonly from: Repository;
  readonly to: Repository;
  readonly descriptor: Descriptor;
}

async function copyBlob(client: RegistryClient, { from, to, descriptor }: Copy): Promise<void> {
  const { digest } = oci(descriptor);
  if (await client.hasBlob(to, digest)) return;
  if (from.domain === to.domain && (await client.mountBlob(to, digest, from.path))) return;
  await client.pushBlob(to, await client.fetchBlob(from, oci(descriptor)));
}

const DENIED =
  'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';

/** Registries' errors in the sentences of containerd's resolver. */
async function naming<Value>({ domain, path }: Repository, reference: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const name = `${domain}/${path}${isDigest(reference) ? '@' : ':'}${reference}`;
    const method = error.method.slice(0, 1) + error.method.slice(1).toLowerCase();
    switch (error.kind) {
      case 'not-found':
        throw new Error(`${name}: not found`, { cause: error });
      case 'unauthorized':
      case 'denied':
        throw new Error(DENIED, { cause: error });
      case 'unreachable':
        throw new Error(`failed to do request: ${method} "${error.url}": ${error.message}`, { cause: error });
      default:
        throw new Error(
          `unexpected status from ${error.method} request to ${error.url}: ${error.kind === 'no-credentials' ? '401 Unauthorized' : error.message}`,
          { cause: error },
        );
    }
  }
}
