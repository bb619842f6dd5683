/** The registry client as pulling needs it: its errors become Docker's sentences, which are fetched with the first of them. */
import type { Sys } from '../../kernel/sys.ts';
import type { RegistryClient } from '../../registry/client/client.ts';
import { RegistryError } from '../../registry/client/errors.ts';
import type { DockerError } from '../errors.ts';
import type { ImageSource } from './pull.ts';

type Sentences = typeof import('./registry-errors.ts');

export function registrySource(sys: Sys, client: RegistryClient): ImageSource {
  const asDaemon = async <T>(ask: () => Promise<T>, sentence: (all: Sentences, error: RegistryError) => DockerError): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      throw sentence(await sys.stall(() => import('./registry-errors.ts')), error);
    }
  };
  return {
    tags: (reference) =>
      asDaemon(
        () => client.tags(reference),
        ({ tagsError }, error) => tagsError(reference, error),
      ),
    resolve: async (reference) => {
      const descriptor = await asDaemon(
        () => client.resolve(reference),
        ({ resolveError }, error) => resolveError(reference, error),
      );
      const { bytes } = await asDaemon(
        () => client.fetchManifest(reference, descriptor.digest),
        ({ fetchError }, error) => fetchError(reference, error),
      );
      return { descriptor, bytes };
    },
    manifest: async (reference, { digest }) =>
      (
        await asDaemon(
          () => client.fetchManifest(reference, digest),
          ({ fetchError }, error) => fetchError(reference, error),
        )
      ).bytes,
    blob: (reference, descriptor, options) =>
      asDaemon(
        () => client.fetchBlob(reference, descriptor, options),
        ({ fetchError }, error) => fetchError(reference, error),
      ),
  };
}
