/**
 * Registries, both sides. `registryHandler` answers the distribution protocol over any storage: over the catalogue it is the
 * model's Docker Hub, over memory or a disk it is the server of the `registry` image. `createRegistryClient` is what dockerd pulls and
 * pushes with. catalogue/ has the recipes of the images that the project ships; scripts/build-catalogue.ts makes the layout of them.
 */

export type { CatalogueReader } from './catalogue-reader.ts';
export { createRegistryClient, type FetchedManifest, type RegistryClient, type RegistryClientOptions } from './client/client.ts';
export { defaultEndpoints, type EndpointsOf, endpoint, type RegistryEndpoint } from './client/endpoint.ts';
export { RegistryError, type RegistryErrorEntry, type RegistryErrorKind } from './client/errors.ts';
export type { Credentials } from './client/session.ts';
export { type HubOptions, hubHandler } from './hub.ts';
export { HUB_HOSTS } from './hub-hosts.ts';
export { type Accounts, type Action, accountsOf, type RegistryAuth } from './server/auth.ts';
export type { RegistryOptions, SearchResult } from './server/context.ts';
export { fileStorage, filesOver, type PathCalls, type RegistryFiles } from './server/file-storage.ts';
export { registryHandler } from './server/handler.ts';
export { type LayoutOptions, layoutStorage } from './server/layout-storage.ts';
export { memoryStorage } from './server/memory-storage.ts';
export type { RateLimit } from './server/rate-limit.ts';
export { type RegistryStorage, type RegistryWrites, type StoredManifest, storedManifest } from './server/storage.ts';
