/** Command lines: what a command's flags are, how words become values, and how help shows them. */
export * from './flag.ts';
export { bool, bytes, duration, int, list, map, nanoCpus, string, uint } from './kinds.ts';
export { fetchFor, type Parsed, parseFlags } from './parse.ts';
export * from './rare-kinds.ts';
