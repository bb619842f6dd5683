/** The catalogue as a registry for clients of the outside: everybody may read, nobody writes. */
import { serveConnection } from '../http/index.ts';
import type { Duplex } from '../http/types.ts';
import type { CatalogueReader } from '../registry/catalogue-reader.ts';
import { registryHandler } from '../registry/server/handler.ts';
import { layoutStorage } from '../registry/server/layout-storage.ts';

/** Answers the distribution protocol over each connection that it is given, until the connection ends. */
export function serveCatalogue(catalogue: CatalogueReader): (connection: Duplex) => Promise<void> {
  const handler = registryHandler(layoutStorage(catalogue));
  return (connection) => serveConnection(connection, handler);
}
