/** The registry client as pulling needs it: its errors become Docker's sentences here, and nowhere else. */
import { canonicalName, familiarRepository, type Reference } from '../../oci/reference.ts';
import type { RegistryClient } from '../../registry/client/client.ts';
import { RegistryError } from '../../registry/client/errors.ts';
import { type DockerError, system } from '../errors.ts';
import { notResolved, pullDenied } from './errors.ts';
import type { ImageSource } from './pull.ts';

export function registrySource(client: RegistryClient): ImageSource {
  return {
    resolve: async (reference) =>
      translated(reference, async () => {
        const descriptor = await client.resolve(reference);
        const { bytes } = await client.fetchManifest(reference, descriptor.digest);
        return { descriptor, bytes };
      }),
    manifest: async (reference, { digest }) => translated(reference, async () => (await client.fetchManifest(reference, digest)).bytes),
    blob: async (reference, descriptor, onProgress) => translated(reference, () => client.fetchBlob(reference, descriptor, onProgress)),
  };
}

async function translated<T>(reference: Reference, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof RegistryError ? sentence(reference, error) : error;
  }
}

function sentence(reference: Reference, error: RegistryError): DockerError {
  const name = canonicalName(reference);
  switch (error.kind) {
    case 'unauthorized':
    case 'denied':
      return pullDenied(familiarRepository(reference));
    case 'not-found':
      return notResolved(name, `${name}: not found`);
    case 'unreachable':
      return system(
        `failed to resolve reference "${name}": failed to do request: ${titled(error.method)} "${error.url}": ${error.message}`,
        error,
      );
    default:
      return system(`failed to resolve reference "${name}": ${error.message}`, error);
  }
}

/** As Go writes methods in errors: `Head`. */
const titled = (method: string): string => method.slice(0, 1) + method.slice(1).toLowerCase();
