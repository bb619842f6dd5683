import { type Filters, parseFilters } from '../daemon/filters.ts';

/** The `filters` of a list or a prune. Throws DockerError for what are none. */
export const filtersOf = (query: URLSearchParams): Filters => parseFilters(query.get('filters'));
