/** The registry client as pulling needs it: its errors become Docker's sentences. */
import type { RegistryClient } from '../../registry/client/client.ts';
import type { ImageSource } from './pull.ts';
import { asDaemon, fetchError, resolveError, tagsError } from './registry-errors.ts';

export function registrySource(client: RegistryClient): ImageSource {
  return {
    tags: (reference) =>
      asDaemon(
        () => client.tags(reference),
        (error) => tagsError(reference, error),
      ),
    resolve: async (reference) => {
      const descriptor = await asDaemon(
        () => client.resolve(reference),
        (error) => resolveError(reference, error),
      );
      const { bytes } = await asDaemon(
        () => client.fetchManifest(reference, descriptor.digest),
        (error) => fetchError(reference, error),
      );
      return { descriptor, bytes };
    },
    manifest: async (reference, { digest }) =>
      (
        await asDaemon(
          () => client.fetchManifest(reference, digest),
          (error) => fetchError(reference, error),
        )
      ).bytes,
    blob: (reference, descriptor, options) =>
      asDaemon(
        () => client.fetchBlob(reference, descriptor, options),
        (error) => fetchError(reference, error),
      ),
  };
}
