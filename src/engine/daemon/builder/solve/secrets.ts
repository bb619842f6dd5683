import { decodeBase64 } from '../../../http/base64.ts';
import type { BuildRequest } from '../request.ts';
import type { Secrets } from './run-mounts.ts';

/** What the client has handed in for this build alone. */
export function secretsOf({ session }: BuildRequest): Secrets {
  const { Secrets: given = {} } = session?.request ?? {};
  return {
    value: (id) => (Object.hasOwn(given, id) ? (decodeBase64(given[id] ?? '') ?? undefined) : undefined),
  };
}
