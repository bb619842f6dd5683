/** Flags that several commands of Buildx have. */
import { bool, duration, string } from '../../flags/index.ts';

const builder = (hidden: boolean) =>
  string('Override the configured builder instance', { shownDefault: '"default"', ...(hidden ? { hidden } : {}) });

export const DEBUG = { debug: bool('Enable debug logging', { short: 'D' }) };
export const BUILDER = { builder: builder(false), ...DEBUG };
/** Taken, but not shown where it means nothing. */
export const HIDDEN_BUILDER = { builder: builder(true), ...DEBUG };
export const TIMEOUT = {
  timeout: duration('Override the default timeout for loading builder status', { initial: 20e9, shownDefault: '20s' }),
};
export const PROGRESS = (list: string, initial: string) =>
  string(`Set type of progress output (${list}). Use plain to show container output`, { initial });
