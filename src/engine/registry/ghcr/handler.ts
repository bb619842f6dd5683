import type { Handler } from '../../http/index.ts';
import { accountsOf } from '../server/auth.ts';
import type { LoadCode } from '../server/context.ts';
import { registryHandler } from '../server/handler.ts';
import { memoryStorage } from '../server/memory-storage.ts';
import { GHCR_HOST, GHCR_USER } from './hosts.ts';

export interface GhcrWorld {
  readonly now: () => number;
  readonly random: { bytes(n: number): Uint8Array };
  /** Fetches the code of what is seldom asked for, while the machine stands still. */
  readonly load: LoadCode;
}

/** A registry whose names begin with an account's: each account pushes to its own, and what it pushed is private, as on GitHub at first. */
export function ghcrHandler({ now, random, load }: GhcrWorld): Handler {
  const isOwn = (user: string | undefined, repository: string): boolean => user !== undefined && repository.startsWith(`${user}/`);
  return registryHandler(memoryStorage(), {
    scheme: 'https',
    now,
    random,
    load,
    auth: {
      kind: 'token',
      realm: `https://${GHCR_HOST}/token`,
      service: GHCR_HOST,
      accounts: accountsOf(new Map([[GHCR_USER.name, GHCR_USER.token]])),
      allow: async (user, repository) => isOwn(user, repository),
    },
  });
}
