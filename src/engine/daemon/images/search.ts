import type { SearchResult } from '../../api-types/index.ts';
import { request } from '../../http/client.ts';
import { readText } from '../../http/responses.ts';
import type { Daemon } from '../daemon.ts';
import { invalid, messageOf, system } from '../errors.ts';
import { booleanFilter, checkFilters, type Filters, notInteger, wantedOf } from '../filters.ts';

const INDEX = 'index.docker.io';
const MAX_BYTES = 1 << 20;

/** `docker search`: asks Docker Hub's index. Throws DockerError. */
export async function search(
  daemon: Daemon,
  { term, limit, filters }: { term: string; limit: number; filters: Filters },
): Promise<readonly SearchResult[]> {
  checkFilters(filters, ['is-automated', 'is-official', 'stars']);
  if (limit < 1 || limit > 100) throw invalid(`limit ${limit} is outside the range of [1, 100]`);
  const bad = wantedOf(filters, 'stars').find((text) => !/^[-+]?\d+$/.test(text));
  if (bad !== undefined) throw invalid(`invalid filter 'stars=${bad}': ${notInteger(bad)}`);
  const stars = Math.max(0, ...wantedOf(filters, 'stars').map(Number));
  const official = booleanFilter(filters, 'is-official');
  // Only Docker Hub has an index of this kind: a registry with an address of its own knows no such place.
  if (/^(localhost|[^/]*[.:][^/]*)\//.test(term) && !/^(index\.)?docker\.io\//.test(term)) throw system('unexpected status code 404');
  const results = await ask(daemon, `/v1/search?q=${encodeURIComponent(term)}&n=${limit}`);
  return results
    .filter((one) => one.star_count >= stars && (official === undefined || one.is_official === official))
    .map(({ star_count, is_official, name, is_automated, description }) => ({ star_count, is_official, name, is_automated, description }));
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
