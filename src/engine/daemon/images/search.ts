import type { SearchResult } from '../../api-types/index.ts';
import { request } from '../../http/client.ts';
import { readText } from '../../http/responses.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, messageOf, system } from '../errors.ts';
import { checkFilters, type Filters, wantedOf } from '../filters.ts';

const INDEX = 'index.docker.io';
const MAX_BYTES = 1 << 20;

/** `docker search`: asks Docker Hub's index. Throws DockerError. */
export async function search(
  daemon: Daemon,
  { term, limit, filters }: { term: string; limit: number; filters: Filters },
): Promise<readonly SearchResult[]> {
  checkFilters(filters, ['is-automated', 'is-official', 'stars']);
  if (limit < 1 || limit > 100) throw invalid(`limit ${limit} is outside the range of [1, 100]`);
  const results = await ask(daemon, `/v1/search?q=${encodeURIComponent(term)}&n=${limit}`);
  const stars = Number(wantedOf(filters, 'stars')[0] ?? 0);
  const official = wantedOf(filters, 'is-official')[0];
  return results.filter((one) => one.star_count >= stars && (official === undefined || String(one.is_official) === official));
}

async function ask(daemon: Daemon, target: string): Promise<readonly SearchResult[]> {
  try {
    const connection = await daemon.dial({ host: INDEX, port: 443 }, { serverName: INDEX });
    const answer = await request(connection, {
      method: 'GET',
      target,
      headers: [
        ['Host', INDEX],
        ['Connection', 'close'],
      ],
    });
    const text = await readText(answer, MAX_BYTES);
    answer.close();
    if (answer.status !== 200) throw system(`Unexpected status code ${answer.status}`);
    return (JSON.parse(text) as { readonly results?: readonly SearchResult[] }).results ?? [];
  } catch (error) {
    throw system(`Get "https://${INDEX}${target}": ${messageOf(error)}`, error);
  }
}
