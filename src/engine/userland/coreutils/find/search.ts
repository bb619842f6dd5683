/** The words of find: a file that was found, a step of the expression, and the one search they belong to. */
import type { Stat } from '../../../kernel/fs/types.ts';
import type { Tool, UsageSpec } from '../../tool.ts';

export interface Found {
  /** As it is printed: the starting point and what was walked from there. */
  readonly path: string;
  /** The last part of the path, without slashes at its end. */
  readonly name: string;
  readonly depth: number;
  /** The starting point, as it was given. */
  readonly start: string;
  readonly stat: Stat;
}

/** A test or an action: whether the file passes. */
export type Step = (file: Found) => boolean | Promise<boolean>;

/** One run of find: its global options and what actions tell the walk. */
export interface Search {
  readonly tool: Tool;
  readonly startedNs: bigint;
  followLinks: 'always' | 'named' | 'never';
  minDepth: number;
  maxDepth: number;
  depthFirst: boolean;
  oneFileSystem: boolean;
  /** Some action stands in the expression; else `-print` is meant. */
  hasAction: boolean;
  /** Set by -prune for the file at hand. */
  prunes: boolean;
  /** Set by -quit. */
  isOver: boolean;
  /** What is left to do at the end: the last batch of `-exec … +`. */
  readonly finish: (() => Promise<void>)[];
}

export const SPEC: UsageSpec = { short: '', usage: '[-HL] [PATH]... [OPTIONS] [ACTIONS]' };

export const newSearch = (tool: Tool): Search => ({
  tool,
  startedNs: tool.sys.clock.nowNs(),
  followLinks: 'never',
  minDepth: 0,
  maxDepth: Number.POSITIVE_INFINITY,
  depthFirst: false,
  oneFileSystem: false,
  hasAction: false,
  prunes: false,
  isOver: false,
  finish: [],
});
