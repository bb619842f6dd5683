/** How numbers, sizes and times are read, and what single flags refuse. */
export * as checks from './checks.ts';
export { parseDuration } from './duration.ts';
export { parseBytes, parseFloatNumber, parseInteger, parseNanoCpus } from './numbers.ts';
