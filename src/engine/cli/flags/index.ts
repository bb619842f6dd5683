/** Command lines: what a command's flags are, how words become values, and how help shows them. */
export * from './flag.ts';
export * from './kinds.ts';
export { fetchFor, type Parsed, parseFlags } from './parse.ts';
