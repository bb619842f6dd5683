import type { Handler } from '../http/index.ts';
import { bookSearch, ORACLE_SEARCH } from './catalogue/search.ts';
import { WORLD_INDEX } from './catalogue/worlds.ts';
import type { CatalogueReader } from './catalogue-reader.ts';
import type { LoadCode } from './server/context.ts';
import { registryHandler } from './server/handler.ts';
import { layoutStorage } from './server/layout-storage.ts';

export interface HubOptions {
  readonly world: 'book' | 'oracle';
  /** The recordings' images were pulled under names that their hub did not have any more when the recording began. */
  readonly hasSetupEnded?: () => boolean;
  /** Seconds since 1970. */
  readonly now?: () => number;
  /** Fetches the code of what is seldom asked for; in a machine, while it stands still. */
  readonly load?: LoadCode;
}

/** What Docker Hub gives to somebody without an account: 100 pulls in six hours. The recordings' stand-in for it does not count. */
const PULLS = 100;
const WINDOW_SECONDS = 6 * 3600;

/** Pulled before a recording begins, as library/web and library/db; gone from the hub afterwards. */
const SETUP_REPOSITORIES: ReadonlySet<string> = new Set(['library/web', 'library/db']);

/**
 * Docker Hub: everybody may pull what is there, with a token; for what is not there nobody gets a right, so that a repository that
 * does not exist and one that is private look the same. Nothing can be pushed.
 */
export function hubHandler(reader: CatalogueReader, { world, hasSetupEnded, now, load }: HubOptions): Handler {
  const storage = layoutStorage(reader, {
    index: WORLD_INDEX[world],
    isVisible: (name) => !SETUP_REPOSITORIES.has(name) || !hasSetupEnded?.(),
  });
  return registryHandler(storage, {
    scheme: 'https',
    ...(now ? { now } : {}),
    ...(load ? { load } : {}),
    ...(world === 'book' ? { rateLimit: { windowSeconds: WINDOW_SECONDS, pullsOf: () => PULLS } } : {}),
    search: async () => (world === 'book' ? bookSearch(await storage.repositories()) : ORACLE_SEARCH),
    auth: {
      kind: 'token',
      realm: 'https://auth.docker.io/token',
      service: 'registry.docker.io',
      accounts: { accepts: () => false },
      allow: async (_user, repository, action) => action === 'pull' && (await storage.tags(repository)) !== null,
    },
  });
}
