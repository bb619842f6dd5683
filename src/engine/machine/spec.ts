/** The machines one starts from: the book's, and the one that the recordings were made on. */
import type { MachineSpec, StartFile } from './types.ts';

/** Changes whenever the same journal would make another machine. */
export const ENGINE_VERSION = '0.1.0';
const DEFAULT_SEED = 1;
/** 2026-01-15 09:00:00 UTC. */
const SWITCHED_ON_NS = 1_768_467_600_000_000_000n;

/** The wall clock of a machine when it is switched on, in nanoseconds since 1970. */
export const epochOf = ({ epochNs = SWITCHED_ON_NS }: Pick<MachineSpec, 'epochNs'>): bigint => epochNs;

export function bookSpec(
  options: { readonly seed?: number; readonly start?: string; readonly images?: readonly string[] } = {},
): MachineSpec {
  return {
    seed: options.seed ?? DEFAULT_SEED,
    engineVersion: ENGINE_VERSION,
    world: 'book',
    start: options.start ?? 'empty',
    images: options.images ?? [],
  };
}

export interface OracleOptions {
  readonly seed?: number;
  readonly images: readonly string[];
  readonly needs?: readonly string[];
  /** Path below the working directory → text, as the recordings have them. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The recordings' working directory. */
export const ORACLE_CWD = '/home/learner/lab';
const EXECUTABLE = 0o755;
const PLAIN = 0o644;

/** The recorder makes a file executable if it starts with `#!`. */
const startFile = ([path, text]: readonly [string, string]): StartFile => ({
  path: `${ORACLE_CWD}/${path}`,
  bytes: new TextEncoder().encode(text),
  mode: text.startsWith('#!') ? EXECUTABLE : PLAIN,
});

export function oracleSpec(options: OracleOptions): MachineSpec {
  return {
    seed: options.seed ?? DEFAULT_SEED,
    engineVersion: ENGINE_VERSION,
    world: 'oracle',
    start: 'images',
    images: options.images,
    needs: options.needs ?? [],
    files: Object.entries(options.files ?? {}).map(startFile),
  };
}
